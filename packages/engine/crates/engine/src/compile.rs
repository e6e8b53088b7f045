//! From an ES module's source to bytecode.

use std::ffi::CStr;

use rquickjs::module::WriteOptions;
use rquickjs::{CatchResultExt, CaughtError, Ctx, Error, Module, qjs};

use crate::failure::{Failure, Status};
use crate::linked::Linked;
use crate::vm::Vm;
use crate::{bytecode, features};

/// Compiles `source`, an ES module that stack traces call `name` and that may use every feature. Fails with the syntax error, or
/// with the import that no built-in module satisfies; nothing of the module is evaluated.
pub fn compile(name: &str, source: &[u8]) -> Result<Vec<u8>, Failure> {
    let linked = Linked::new(features::ALL)?;
    let code = Vm::new(&linked)?.with(|ctx| write(&ctx, name, source))?;
    // Links it in a machine of its own, as the library will, so that a missing import shows now.
    Vm::new(&linked)?.with(|ctx| link(&ctx, &code))?;
    Ok(bytecode::seal(&code))
}

/// QuickJS-ng's version.
pub fn quickjs_version() -> &'static str {
    // SAFETY: a constant, NUL-terminated string.
    unsafe { CStr::from_ptr(qjs::JS_GetVersion()) }.to_str().unwrap_or("unknown")
}

fn write(ctx: &Ctx<'_>, name: &str, source: &[u8]) -> Result<Vec<u8>, Failure> {
    // Line numbers stay, for stack traces; the source itself does not.
    let options = WriteOptions { strip_source: true, ..WriteOptions::default() };
    Module::declare(ctx.clone(), name, source)
        .and_then(|module| module.write(options))
        .catch(ctx)
        .map_err(|error| Failure::caught(error, Status::InitFailed))
}

/// Finds the imports of the module in `code`, without evaluating anything.
fn link(ctx: &Ctx<'_>, code: &[u8]) -> Result<(), Failure> {
    let raw = ctx.as_raw().as_ptr();
    // SAFETY: the bytes were written by this QuickJS a moment ago; the module belongs to
    // the context, which is freed with its machine right after.
    let linked = unsafe {
        let module =
            qjs::JS_ReadObject(raw, code.as_ptr(), code.len() as _, qjs::JS_READ_OBJ_BYTECODE as i32);
        !qjs::JS_IsException(module) && qjs::JS_ResolveModule(raw, module) == 0
    };
    if linked {
        return Ok(());
    }
    Err(Failure::caught(CaughtError::from_error(ctx, Error::Exception), Status::InitFailed))
}
