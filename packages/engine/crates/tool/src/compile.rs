//! `laconic-engine compile`.

use std::fs;
use std::path::{Path, PathBuf};

use laconic_engine::{Extras, Failure, compile};
use laconic_positions::Table;

use crate::error::ToolError;
use crate::{map_file, read};

/// What is compiled, and to what.
pub struct Options {
    pub module: PathBuf,
    pub output: PathBuf,
    pub name: Option<String>,
    pub map: Option<PathBuf>,
    pub table: Option<PathBuf>,
    pub console: Option<PathBuf>,
}

/// Compiles the module to bytecode, and its map to a table where that is wanted.
pub fn run(options: &Options) -> Result<(), ToolError> {
    let source = read(&options.module)?;
    let name = options.name.clone().unwrap_or_else(|| file_name(&options.module));
    let map = options.map.as_deref().map(map_file::read).transpose()?;
    let relocate = map.as_ref().filter(|_| options.table.is_none());
    let console = options.console.as_deref().map(read).transpose()?;
    let extras = Extras { map: relocate, console: console.as_deref() };
    let bytecode = compile(&name, &source, extras).map_err(|failure| refused(&name, failure))?;
    if let (Some(map), Some(table)) = (&map, &options.table) {
        write(table, &Table::encode(&name, map))?;
    }
    write(&options.output, &bytecode)
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| "app.mjs".into(), |name| name.to_string_lossy().into_owned())
}

fn write(path: &Path, content: &[u8]) -> Result<(), ToolError> {
    fs::write(path, content).map_err(|error| {
        ToolError::new(
            "LAC4006",
            format!("{} cannot be written: {error}.", path.display()),
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
