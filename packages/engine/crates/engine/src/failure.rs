//! What went wrong, in the shape that Lambda reports.

use rquickjs::{CaughtError, Coerced, Object, Value};

use crate::{json, text};

/// How a request ended. Numbered in bands that are never reused; the C ABI passes them on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Status {
    /// The payload is the function's result.
    Ok = 0,
    /// The function threw, rejected, never settled, ran past its deadline or gave no usable result.
    FunctionError = 1,
    /// The app failed while it was loaded.
    InitFailed = 2,
    /// The bytecode is damaged, or another engine's.
    BadBytecode = 3,
    /// The caller broke the ABI's rules.
    BadRequest = 4,
    /// The engine itself failed.
    Panic = 5,
    /// The app has no function of that name.
    UnknownFunction = 6,
}

/// An error as Lambda wants it: type, message and stack frames.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    pub status: Status,
    pub error_type: String,
    pub message: String,
    /// One frame a line, innermost first, without the leading blanks.
    pub stack: Vec<String>,
}

/// Error code that the dispatcher puts on the error for a name it does not know.
const UNKNOWN_FUNCTION_CODE: &str = "LAC3001";

/// Deepest chain of causes that is written out; a longer one is a cycle or no help.
const MOST_CAUSES: usize = 8;

impl Failure {
    pub fn new(status: Status, error_type: impl Into<String>, message: impl Into<String>) -> Failure {
        Failure { status, error_type: error_type.into(), message: message.into(), stack: Vec::new() }
    }

    /// The error that JavaScript threw, as a failure with `status`.
    pub fn caught(error: CaughtError<'_>, status: Status) -> Failure {
        match error {
            CaughtError::Exception(exception) => Failure::of_object(exception.as_object(), status),
            CaughtError::Value(value) => Failure::of_value(&value, status),
            CaughtError::Error(error) => Failure::new(status, "EngineError", error.to_string()),
        }
    }

    /// The thrown or rejected value, as a failure with `status`.
    pub fn of_value(value: &Value<'_>, status: Status) -> Failure {
        match value.as_object() {
            Some(object) if object.is_error() => Failure::of_object(object, status),
            Some(object) if string(object, "message").is_some() => Failure::of_object(object, status),
            _ => Failure::new(status, "Error", describe(value)),
        }
    }

    fn of_object(error: &Object<'_>, status: Status) -> Failure {
        let unknown = string(error, "code").as_deref() == Some(UNKNOWN_FUNCTION_CODE);
        Failure {
            status: if unknown { Status::UnknownFunction } else { status },
            error_type: string(error, "errorType")
                .or_else(|| string(error, "name"))
                .unwrap_or_else(|| "Error".into()),
            message: string(error, "message").unwrap_or_default(),
            stack: stack_with_causes(error),
        }
    }

    /// `{"errorType", "errorMessage", "stackTrace"}`.
    pub fn to_json(&self) -> Vec<u8> {
        let mut out = String::with_capacity(128 + self.message.len());
        out.push_str("{\"errorType\":");
        json::push_string(&mut out, &self.error_type);
        out.push_str(",\"errorMessage\":");
        json::push_string(&mut out, &self.message);
        out.push_str(",\"stackTrace\":[");
        for (index, frame) in self.stack.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            json::push_string(&mut out, frame);
        }
        out.push_str("]}");
        out.into_bytes()
    }
}

/// The error's frames, then each cause as `Caused by: Type: message` and its frames.
fn stack_with_causes(error: &Object<'_>) -> Vec<String> {
    let mut lines = frames(error);
    let mut current = error.clone();
    for _ in 0..MOST_CAUSES {
        let Some(cause) = current.get::<_, Value>("cause").ok().filter(|cause| !cause.is_undefined()) else {
            break;
        };
        match cause.into_object() {
            Some(cause) => {
                let name = string(&cause, "name").unwrap_or_else(|| "Error".into());
                lines.push(format!("Caused by: {name}: {}", string(&cause, "message").unwrap_or_default()));
                lines.extend(frames(&cause));
                current = cause;
            }
            None => break,
        }
    }
    lines
}

fn frames(error: &Object<'_>) -> Vec<String> {
    let stack = string(error, "stack").unwrap_or_default();
    stack.lines().map(str::trim).filter(|line| line.starts_with("at ")).map(String::from).collect()
}

/// A property that is a string. Getters may throw; then there is none.
fn string(object: &Object<'_>, name: &str) -> Option<String> {
    let value = match object.get::<_, Value>(name) {
        Ok(value) => value,
        Err(_) => {
            object.ctx().catch();
            return None;
        }
    };
    value.as_string().map(text::lossy)
}

fn describe(value: &Value<'_>) -> String {
    let json = value.ctx().json_stringify(value.clone()).ok().flatten().filter(|_| value.is_object());
    if let Some(json) = json {
        return text::lossy(&json);
    }
    match value.get::<Coerced<String>>() {
        Ok(text) => text.0,
        Err(_) => {
            value.ctx().catch();
            value.type_name().into()
        }
    }
}
