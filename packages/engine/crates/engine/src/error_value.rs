//! Reading a thrown value, which may be anything and may fight back: its getters can throw, its
//! properties can be of any type.

use rquickjs::{Coerced, Object, Value};

use crate::frames;
use crate::text as utf8;

/// An error's own account of itself.
pub struct ErrorValue {
    pub kind: String,
    pub message: String,
    /// The frames of its stack, one a line.
    pub stack: Vec<String>,
}

impl ErrorValue {
    /// Reads the error; what cannot be read is left out.
    pub fn of(error: &Object<'_>) -> ErrorValue {
        ErrorValue {
            kind: kind(error),
            message: message(error),
            stack: frames(&text(error, "stack").unwrap_or_default()),
        }
    }
}

fn message(error: &Object<'_>) -> String {
    let message = property(error, "message").filter(|message| !message.is_undefined());
    message.map(|message| as_text(&message)).unwrap_or_default()
}

/// The type: what the error says it is, else its name, else its class.
fn kind(error: &Object<'_>) -> String {
    let named = |name| text(error, name).filter(|name| !name.is_empty());
    let class = || {
        let class = property(error, "constructor")?.into_object()?;
        text(&class, "name").filter(|name| !name.is_empty())
    };
    named("errorType").or_else(|| named("name")).or_else(class).unwrap_or_else(|| "Error".into())
}

/// The frames in a stack, without the error's own words above them.
fn frames(stack: &str) -> Vec<String> {
    let lines = || stack.lines().map(str::trim).filter(|line| !line.is_empty());
    let is_frame = |line: &str| line.starts_with("at ");
    let has_frames = lines().any(is_frame);
    frames::original(lines().filter(|line| !has_frames || is_frame(line)).map(String::from).collect())
}

/// A property that is a string. Getters may throw; then there is none.
pub fn text(object: &Object<'_>, name: &str) -> Option<String> {
    property(object, name)?.as_string().map(utf8::lossy)
}

/// A property; `None` when reading it throws.
pub fn property<'js>(object: &Object<'js>, name: &str) -> Option<Value<'js>> {
    let value = object.get::<_, Value>(name);
    if value.is_err() {
        object.ctx().catch();
    }
    value.ok()
}

/// A thrown value that is no error, in words.
pub fn describe(value: &Value<'_>) -> String {
    if let Some(symbol) = value.as_symbol() {
        let description = symbol.description().ok().and_then(|text| text.as_string().map(utf8::lossy));
        return format!("Symbol({})", description.unwrap_or_default());
    }
    let plain = value.is_object() && !value.is_function();
    let json = value.ctx().json_stringify(value.clone());
    match json {
        Ok(Some(json)) if plain => return utf8::lossy(&json),
        Ok(_) => {}
        Err(_) => drop(value.ctx().catch()),
    }
    as_text(value)
}

/// `String(value)`, or the type's name when that throws.
fn as_text(value: &Value<'_>) -> String {
    if let Some(string) = value.as_string() {
        return utf8::lossy(string);
    }
    match value.get::<Coerced<rquickjs::String>>() {
        Ok(string) => utf8::lossy(&string.0),
        Err(_) => {
            value.ctx().catch();
            value.type_name().into()
        }
    }
}
