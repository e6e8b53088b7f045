//! `laconic-engine describe`.

use std::io::{self, Write};
use std::path::Path;

use laconic_engine::{App, Request};

use crate::error::ToolError;
use crate::read;

/// Evaluates the app, with every feature, and prints its answer to the request `$describe`.
pub fn run(bytecode: &Path) -> Result<(), ToolError> {
    let mut app = App::load(read(bytecode)?.leak()).map_err(ToolError::of)?;
    let request = Request { function_name: "$describe", event: "null", context: "{}", ..Request::default() };
    let payload = app.handle(&request).map_err(ToolError::of)?;
    let mut out = io::stdout().lock();
    out.write_all(&payload.body).and_then(|()| out.write_all(b"\n")).map_err(|error| {
        ToolError::new("LAC4006", format!("stdout cannot be written: {error}."), "Check what it is piped to.")
    })
}
