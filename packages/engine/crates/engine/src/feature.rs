//! A feature: a part of the engine that a library holds only when its app can reach it.

use rquickjs::module::ModuleDef;
use rquickjs::{Ctx, Module, Result};

/// Built-in modules and globals that belong together, and what they build on.
///
/// Each is a static with an unmangled name, `laconic_feature_<name>`. The engine itself refers to none
/// of them; the table that is linked with an app's bytecode does, and the linker drops the others with
/// all that only they use.
pub struct Feature {
    layout: u64,
    pub name: &'static str,
    /// Features that have to be attached first.
    pub requires: &'static [&'static Feature],
    pub modules: &'static [BuiltIn],
    /// Names that `attach` puts on the global object.
    pub globals: &'static [&'static str],
    pub attach: Attach,
    /// Whether that is done before the app is evaluated rather than at first use.
    pub is_early: bool,
}

/// Puts a feature's globals in place, and what its modules need in the context.
pub type Attach = fn(&Ctx<'_>) -> Result<()>;

/// A built-in module.
pub struct BuiltIn {
    /// Without `node:`; one that only Laconic's own JavaScript imports is called `laconic:<name>`.
    pub name: &'static str,
    pub declare: Declare,
}

type Declare = for<'js> fn(Ctx<'js>, &str) -> Result<Module<'js>>;

/// Says that what a table points to is a [`Feature`] of this layout. To be changed with the struct.
const LAYOUT: u64 = u64::from_le_bytes(*b"LACFEAT2");

impl Feature {
    /// A feature with neither modules nor globals.
    pub const fn new(name: &'static str) -> Feature {
        Feature {
            layout: LAYOUT,
            name,
            requires: &[],
            modules: &[],
            globals: &[],
            attach: |_| Ok(()),
            is_early: false,
        }
    }

    /// Adds what it builds on.
    pub const fn requires(self, requires: &'static [&'static Feature]) -> Feature {
        Feature { requires, ..self }
    }

    /// Adds built-in modules.
    pub const fn modules(self, modules: &'static [BuiltIn]) -> Feature {
        Feature { modules, ..self }
    }

    /// Adds globals, which `attach` puts in place when one of them is first used.
    pub const fn globals(self, globals: &'static [&'static str], attach: Attach) -> Feature {
        Feature { globals, attach, ..self }
    }

    /// Adds what has to be done before one of its modules is evaluated, when there are no globals.
    pub const fn attach(self, attach: Attach) -> Feature {
        Feature { attach, ..self }
    }

    /// Puts it in place before the app is evaluated. For one that nothing of the app asks for.
    pub const fn early(self) -> Feature {
        Feature { is_early: true, ..self }
    }

    /// Whether this is a feature of this very engine; only a library that was linked by hand can hold
    /// another one.
    pub fn is_ours(&self) -> bool {
        self.layout == LAYOUT
    }
}

/// A built-in module of that name.
pub const fn module<M: ModuleDef>(name: &'static str) -> BuiltIn {
    BuiltIn { name, declare: declare::<M> }
}

fn declare<'js, M: ModuleDef>(ctx: Ctx<'js>, name: &str) -> Result<Module<'js>> {
    Module::declare_def::<M, _>(ctx, name)
}
