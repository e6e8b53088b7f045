//! `laconic-engine`: what the build needs of the engine on the developer's machine.

mod compile;
mod describe;
mod error;
mod inspect;
mod map_file;
mod version;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::ToolError;

#[global_allocator]
static ARENA: laconic_arena::Arena = laconic_arena::Arena;

#[derive(Parser)]
#[command(name = "laconic-engine", about = "Compiles and examines Laconic apps")]
struct Arguments {
    /// Print an error as one JSON object {code, message, hint, stack}
    #[arg(long, global = true)]
    json_errors: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Compile an ES module to bytecode
    Compile {
        module: PathBuf,
        #[arg(short, long)]
        output: PathBuf,
        /// What stack traces call the module; its file name when not given
        #[arg(long)]
        name: Option<String>,
        /// Source map of the module: the bytecode will carry the positions that it gives
        #[arg(long)]
        map: Option<PathBuf>,
        /// Write the map as a table into this file, and leave the bytecode as it is
        #[arg(long, requires = "map")]
        table: Option<PathBuf>,
        /// Module that formats what the console prints, compiled into the same file
        #[arg(long)]
        console: Option<PathBuf>,
    },
    /// Evaluate bytecode and print what the app says of itself, as JSON
    Describe { bytecode: PathBuf },
    /// Print what the dynamic linker sees of a shared library, as JSON
    Inspect {
        library: PathBuf,
        /// A folder that the library must not name; may be repeated
        #[arg(long)]
        forbid: Vec<String>,
    },
    /// Print the engine's version, stamp and ABI, and its built-in modules, as JSON
    Version,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match arguments.command {
        Command::Compile { module, output, name, map, table, console } => {
            compile::run(&compile::Options { module, output, name, map, table, console })
        }
        Command::Describe { bytecode } => describe::run(&bytecode),
        Command::Inspect { library, forbid } => inspect::run(&library, &forbid),
        Command::Version => version::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            error.print(arguments.json_errors);
            ExitCode::FAILURE
        }
    }
}

/// The content of a file, or an error that names it.
fn read(path: &std::path::Path) -> Result<Vec<u8>, ToolError> {
    std::fs::read(path).map_err(|error| {
        ToolError::new("LAC4006", format!("{} cannot be read: {error}.", path.display()), "Check the path.")
    })
}
