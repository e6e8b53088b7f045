//! `laconic-engine version`.

use laconic_engine::{CORE, FEATURES, Feature, STAMP, quickjs_version};
use serde_json::{Value, json};

use crate::error::ToolError;

/// Version of the C ABI that the engine's library has.
const ABI: u32 = 1;

/// Prints versions, built-in modules and features.
pub fn run() -> Result<(), ToolError> {
    let version = json!({
        "engine": env!("CARGO_PKG_VERSION"),
        "stamp": STAMP,
        "abi": ABI,
        "quickjs": quickjs_version(),
        "modules": modules(),
        "features": FEATURES.iter().map(|feature| describe(feature)).collect::<Vec<_>>(),
    });
    println!("{version}");
    Ok(())
}

/// Those that an app may import by these names, with and without `node:`.
fn modules() -> Vec<&'static str> {
    let all = core::iter::once(&CORE).chain(FEATURES.iter().copied());
    let names = all.flat_map(|feature| feature.modules).map(|module| module.name);
    let mut names: Vec<_> = names.filter(|name| !name.contains(':')).collect();
    names.sort_unstable();
    names
}

fn describe(feature: &Feature) -> Value {
    json!({
        "name": feature.name,
        "requires": feature.requires.iter().map(|required| required.name).collect::<Vec<_>>(),
        "modules": feature.modules.iter().map(|module| module.name).collect::<Vec<_>>(),
        "globals": feature.globals,
    })
}
