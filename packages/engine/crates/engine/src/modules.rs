//! Resolving and loading the built-in modules, with `node:`, with `engine:` and without a prefix.

use rquickjs::loader::{ImportAttributes, Loader, Resolver};
use rquickjs::{Ctx, Error, Module, Result};

use crate::linked::{self, Linked};

/// Resolves and loads the modules of the linked features, and nothing else: an app is one module.
#[derive(Clone)]
pub struct BuiltIns(pub Linked);

impl Resolver for BuiltIns {
    fn resolve<'js>(
        &mut self,
        _: &Ctx<'js>,
        base: &str,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<String> {
        match self.0.module(name) {
            Some((_, module)) => Ok(module.name.into()),
            None => Err(Error::new_resolving_message(
                base,
                name,
                "the engine has no such module, or this library was linked without it because the bundle \
                 does not import it by that name; `npx @laconic/cli build --engine-features` adds it",
            )),
        }
    }
}

impl Loader for BuiltIns {
    fn load<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        name: &str,
        _: Option<ImportAttributes<'js>>,
    ) -> Result<Module<'js>> {
        let (feature, module) = self.0.module(name).ok_or_else(|| Error::new_loading(name))?;
        linked::attach(ctx, feature)?;
        (module.declare)(ctx.clone(), name)
    }
}
