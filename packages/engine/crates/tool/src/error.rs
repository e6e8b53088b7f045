//! The tool's errors: a stable code, what happened, and the next step.

use laconic_engine::{Failure, Status};
use serde::Serialize;

/// An error for the developer.
#[derive(Debug, Serialize)]
pub struct ToolError {
    pub code: &'static str,
    pub message: String,
    pub hint: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stack: Vec<String>,
}

impl ToolError {
    pub fn new(code: &'static str, message: String, hint: &'static str) -> ToolError {
        ToolError { code, message, hint, stack: Vec::new() }
    }

    /// A failure of the engine.
    pub fn of(failure: Failure) -> ToolError {
        let (code, hint) = match failure.status {
            Status::BadBytecode => ("LAC4003", "Rebuild the app with `npx @laconic/cli build`."),
            Status::InitFailed => {
                ("LAC4004", "The app threw while its modules were loaded; the stack says where.")
            }
            _ => ("LAC4005", "The app's entry failed; the stack says where."),
        };
        ToolError {
            code,
            message: format!("{}: {}", failure.error_type, failure.message),
            hint,
            stack: failure.stack,
        }
    }

    /// Writes the error to stderr, for a person or as one JSON object.
    pub fn print(&self, as_json: bool) {
        if as_json {
            // A struct of strings cannot fail to serialise.
            eprintln!("{}", serde_json::to_string(self).unwrap_or_default());
            return;
        }
        eprintln!("{}: {}", self.code, self.message);
        for frame in &self.stack {
            eprintln!("    {frame}");
        }
        eprintln!("  {}", self.hint);
    }
}
