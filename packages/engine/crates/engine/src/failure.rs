//! What went wrong, in the shape that Lambda reports.

use rquickjs::{CaughtError, Object, Value};

use crate::error_value::{self, ErrorValue};
use crate::{error_chain, memory, text};

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
    /// The process was forked while the library was in use, so its state is nobody's.
    Forked = 7,
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

/// Bytes of a message that are reported: the runtime clients repeat it in a header, of which servers take 1 MB.
const LONGEST_MESSAGE: usize = 64 << 10;

/// The type of the failure when memory ran out.
const OUT_OF_MEMORY: &str = "OutOfMemory";

/// Bytes of a type: it is also sent as an HTTP header.
const LONGEST_TYPE: usize = 256;

impl Failure {
    pub fn new(status: Status, error_type: impl Into<String>, message: impl Into<String>) -> Failure {
        Failure { status, error_type: error_type.into(), message: message.into(), stack: Vec::new() }
    }

    /// Memory ran out, and not even an error could be made.
    pub fn out_of_memory(status: Status) -> Failure {
        Failure::new(status, OUT_OF_MEMORY, memory::exhaustion())
    }

    /// Whether it says that memory ran out.
    pub fn is_out_of_memory(&self) -> bool {
        self.error_type == OUT_OF_MEMORY
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
            Some(object) if error_value::text(object, "message").is_some() => {
                Failure::of_object(object, status)
            }
            // QuickJS throws these when it has no memory for an error.
            _ if (value.is_null() || !is_of_javascript(value)) && memory::was_refused() => {
                Failure::out_of_memory(status)
            }
            _ => Failure::new(status, "Error", shorten(error_value::describe(value), LONGEST_MESSAGE)),
        }
    }

    fn of_object(error: &Object<'_>, status: Status) -> Failure {
        let ErrorValue { kind, message, stack } = ErrorValue::of(error);
        let unknown = error_value::text(error, "code").as_deref() == Some(UNKNOWN_FUNCTION_CODE);
        let failure = Failure {
            status: if unknown { Status::UnknownFunction } else { status },
            error_type: shorten(kind, LONGEST_TYPE),
            message: shorten(message, LONGEST_MESSAGE),
            stack: error_chain::lines(error, stack),
        };
        failure.in_common_words()
    }

    /// QuickJS's own words for what other engines call differently.
    fn in_common_words(self) -> Failure {
        match (self.error_type.as_str(), self.message.as_str()) {
            // The binding's own words are "unknown error", for what QuickJS threw without an error.
            ("InternalError", message) if message.starts_with("out of memory") || memory::was_refused() => {
                Failure { stack: self.stack, ..Failure::out_of_memory(self.status) }
            }
            // A regular expression that is nested too deeply.
            ("SyntaxError", "stack overflow") => Failure {
                error_type: "RangeError".into(),
                message: "Maximum call stack size exceeded".into(),
                ..self
            },
            _ => self,
        }
    }

    /// `{"errorType", "errorMessage", "stackTrace"}`.
    pub fn to_json(&self) -> Vec<u8> {
        laconic_json::error(&self.error_type, &self.message, &self.stack)
    }
}

/// False for the values that only QuickJS itself handles, such as the mark of an exception.
fn is_of_javascript(value: &Value<'_>) -> bool {
    !matches!(value.type_of(), rquickjs::Type::Uninitialized | rquickjs::Type::Unknown)
}

/// At most `longest` bytes of the text, and how much it was.
pub fn shorten(text: String, longest: usize) -> String {
    if text.len() <= longest {
        return text;
    }
    let kept = text::floor(&text, longest);
    format!("{kept}… ({} bytes in all)", text.len())
}
