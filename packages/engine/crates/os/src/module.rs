//! `laconic:os`.

use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::Func;
use rquickjs::{Ctx, Result};

use crate::{host, interfaces, user};

/// The module.
pub struct OsModule;

impl ModuleDef for OsModule {
    fn declare(declarations: &Declarations<'_>) -> Result<()> {
        for name in
            ["getPriority", "interfaces", "parallelism", "readProc", "setPriority", "systemNames", "userOf"]
        {
            declarations.declare(name)?;
        }
        Ok(())
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("getPriority", Func::from(host::priority))?;
        exports.export("interfaces", Func::from(interfaces::list))?;
        exports.export("parallelism", Func::from(host::parallelism))?;
        exports.export("readProc", Func::from(host::read_proc))?;
        exports.export("setPriority", Func::from(host::set_priority))?;
        exports.export("systemNames", Func::from(host::system_names))?;
        exports.export("userOf", Func::from(user::of))?;
        Ok(())
    }
}
