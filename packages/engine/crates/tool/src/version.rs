//! `laconic-engine version`.

use laconic_engine::{STAMP, built_in_modules, quickjs_version};
use serde_json::json;

use crate::error::ToolError;

/// Version of the C ABI that the engine's library has.
const ABI: u32 = 1;

/// Prints versions and built-in modules.
pub fn run() -> Result<(), ToolError> {
    let version = json!({
        "engine": env!("CARGO_PKG_VERSION"),
        "stamp": STAMP,
        "abi": ABI,
        "quickjs": quickjs_version(),
        "modules": built_in_modules().collect::<Vec<_>>(),
    });
    println!("{version}");
    Ok(())
}
