//! Reading a source map's file.

use std::path::Path;

use laconic_positions::SourceMap;
use serde::Deserialize;

use crate::error::ToolError;

/// The fields of a source map, version 3, that stack traces need.
#[derive(Deserialize)]
struct MapFile {
    version: u32,
    sources: Vec<Option<String>>,
    mappings: String,
}

/// The map in the file; its sources are called what they are called there.
pub fn read(path: &Path) -> Result<SourceMap, ToolError> {
    let content = crate::read(path)?;
    let refused = |how: String| {
        ToolError::new(
            "LAC4008",
            format!("{} is no source map: {how}.", path.display()),
            "Give the map that the bundler wrote beside the module.",
        )
    };
    let file: MapFile = serde_json::from_slice(&content).map_err(|error| refused(error.to_string()))?;
    if file.version != 3 {
        return Err(refused(format!("it has version {}, not 3", file.version)));
    }
    let sources =
        file.sources.into_iter().map(|source| source.unwrap_or_else(|| "<unknown>".into())).collect();
    SourceMap::decode(sources, &file.mappings).ok_or_else(|| refused("its mappings are damaged".into()))
}
