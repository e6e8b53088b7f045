//! The errors behind an error: its causes, and the errors of an `AggregateError`.

use rquickjs::{Array, Object, Value, qjs};

use crate::error_value::{self, ErrorValue};
use crate::failure::shorten;

/// Errors that are written out behind the first; what is above is no help to a reader.
const MOST_ERRORS: usize = 16;

/// Lines of a whole stack trace, and bytes of one.
const MOST_LINES: usize = 128;
const LONGEST_LINE: usize = 2 << 10;

/// The error's own frames, then each error behind it as `Caused by: Type: message` and its frames.
pub fn lines(error: &Object<'_>, stack: Vec<String>) -> Vec<String> {
    let mut chain = Chain { lines: stack, seen: vec![address(error)] };
    chain.follow(error);
    chain.lines.truncate(MOST_LINES);
    chain.lines.into_iter().map(|line| shorten(line, LONGEST_LINE)).collect()
}

struct Chain {
    lines: Vec<String>,
    /// Errors that are written out already: a chain may be a ring.
    seen: Vec<usize>,
}

impl Chain {
    fn follow(&mut self, error: &Object<'_>) {
        let present = |name| error_value::property(error, name).filter(|value| !value.is_undefined());
        if let Some(errors) = present("errors").and_then(Value::into_array) {
            self.aggregate(&errors);
        }
        if let Some(cause) = present("cause") {
            self.add("Caused by", &cause);
        }
    }

    fn aggregate(&mut self, errors: &Array<'_>) {
        for index in 0..errors.len().min(MOST_ERRORS) {
            match errors.get::<Value>(index) {
                Ok(error) => self.add(&format!("Error {} of {}", index + 1, errors.len()), &error),
                Err(_) => drop(errors.ctx().catch()),
            }
        }
    }

    fn add(&mut self, role: &str, value: &Value<'_>) {
        let Some(error) = value.as_object() else {
            self.lines.push(format!("{role}: {}", error_value::describe(value)));
            return;
        };
        if self.seen.len() > MOST_ERRORS || self.seen.contains(&address(error)) {
            return;
        }
        self.seen.push(address(error));
        if !error.is_error() && error_value::text(error, "message").is_none() {
            self.lines.push(format!("{role}: {}", error_value::describe(value)));
            return;
        }
        let ErrorValue { kind, message, stack } = ErrorValue::of(error);
        self.lines.push(format!("{role}: {kind}: {message}"));
        self.lines.extend(stack);
        self.follow(error);
    }
}

fn address(error: &Object<'_>) -> usize {
    // SAFETY: an object's value is a pointer; it is only compared.
    unsafe { qjs::JS_VALUE_GET_PTR(error.as_raw()) as usize }
}
