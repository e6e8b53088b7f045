//! `laconic-engine compile`.

use std::fs;
use std::path::Path;

use laconic_engine::{Failure, compile};

use crate::error::ToolError;
use crate::read;

/// Compiles `module` to `output`. Stack traces will call the module by its file name.
pub fn run(module: &Path, output: &Path) -> Result<(), ToolError> {
    let source = read(module)?;
    let name = module
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_else(|| "app.mjs".into());
    let bytecode = compile(&name, &source).map_err(|failure| refused(&name, failure))?;
    fs::write(output, bytecode).map_err(|error| {
        ToolError::new(
            "LAC4006",
            format!("{} cannot be written: {error}.", output.display()),
            "Check the path.",
        )
    })
}

fn refused(name: &str, failure: Failure) -> ToolError {
    let (code, hint) = match failure.error_type.as_str() {
        "SyntaxError" => (
            "LAC4001",
            "The bundle uses syntax that the engine lacks, or names an export that a built-in module lacks.",
        ),
        _ => (
            "LAC4002",
            "Bundle the import, or use a built-in module that the engine has: `laconic-engine version` lists them.",
        ),
    };
    let message = format!("{name} does not compile: {}: {}", failure.error_type, failure.message);
    ToolError { stack: failure.stack, ..ToolError::new(code, message, hint) }
}
