//! From an ES module's source to bytecode.

use std::ffi::CStr;

use laconic_positions::{SourceMap, Table, relocate};
use rquickjs::module::WriteOptions;
use rquickjs::{CatchResultExt, CaughtError, Ctx, Error, Module, qjs};

use crate::bytecode::{self, Checked, Parts};
use crate::failure::{Failure, Status};
use crate::features;
use crate::linked::Linked;
use crate::vm::Vm;

/// What is compiled beside a module.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras<'a> {
    /// Where the module comes from: stack traces name the files, lines and columns that it gives.
    pub map: Option<&'a SourceMap>,
    /// Source of the module that formats what the console prints.
    pub console: Option<&'a [u8]>,
}

/// What stack traces call the console's module.
const CONSOLE: &str = "laconic:console";

/// Compiles `source`, an ES module that stack traces call `name` and that may use
/// every feature. Fails with the syntax error, or
/// with the import that no built-in module satisfies; nothing of the module is evaluated.
pub fn compile(name: &str, source: &[u8], extras: Extras<'_>) -> Result<Vec<u8>, Failure> {
    let linked = Linked::new(features::ALL)?;
    let mut code = Vm::new(&linked)?.with(|ctx| write(&ctx, name, source))?;
    let mut table = Vec::new();
    if let Some(map) = extras.map {
        let relocated = relocate(&code, map).map_err(unknown_format)?;
        table = Table::encode(name, &relocated.rest);
        code = relocated.bytecode;
    }
    // Links it in a machine of its own, as the library will, so that a missing import shows now.
    Vm::new(&linked)?.with(|ctx| link(&ctx, &code))?;
    let console = match extras.console {
        Some(source) => Vm::new(&linked)?.with(|ctx| write(&ctx, CONSOLE, source))?,
        None => Vec::new(),
    };
    Ok(bytecode::seal(Parts { code: &code, table: &table, console: Checked::new(&console) }))
}

fn unknown_format(how: String) -> Failure {
    let message = format!("Positions cannot be written into the bytecode: {how}. This is a bug in Laconic.");
    Failure::new(Status::InitFailed, "EngineError", message)
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
    // the context, which is freed with its machine right after, before the bytes are.
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
