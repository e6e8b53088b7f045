//! A function's result.

use rquickjs::{Object, TypedArray, Value};

use crate::failure::{Failure, Status};
use crate::text;

/// Bytes and what they are.
#[derive(Debug, PartialEq, Eq)]
pub struct Payload {
    pub body: Vec<u8>,
    pub content_type: String,
}

const JSON: &str = "application/json";
const BINARY: &str = "application/octet-stream";

impl Payload {
    /// The payload in `value`: a string of JSON, a `Uint8Array`, or `{ body, contentType }` with
    /// one of these as its body. `function` names the function in the error.
    pub fn of_value(value: &Value<'_>, function: &str) -> Result<Payload, Failure> {
        if let Some((body, content_type)) = bytes(value) {
            return Ok(Payload { body, content_type: content_type.into() });
        }
        let parts = value.as_object().and_then(|object| {
            let (body, standard) = bytes(&object.get::<_, Value>("body").ok()?)?;
            let content_type = object.get::<_, Option<String>>("contentType").ok()?;
            Some(Payload { body, content_type: content_type.unwrap_or_else(|| standard.into()) })
        });
        parts.ok_or_else(|| {
            value.ctx().catch();
            Failure::new(
                Status::FunctionError,
                "InvalidResult",
                format!(
                    "The result of function \"{function}\" is {}, which is neither JSON text nor bytes.",
                    article(value.type_name())
                ),
            )
        })
    }
}

fn bytes(value: &Value<'_>) -> Option<(Vec<u8>, &'static str)> {
    if let Some(string) = value.as_string() {
        return Some((text::lossy_bytes(string), JSON));
    }
    let array = TypedArray::<u8>::from_object(Object::from_value(value.clone()).ok()?).ok()?;
    Some((laconic_quickjs::bytes::copied(&array), BINARY))
}

fn article(type_name: &str) -> String {
    let vowel = type_name.starts_with(['a', 'e', 'i', 'o', 'u']);
    match type_name {
        "undefined" | "null" => type_name.into(),
        _ if vowel => format!("an {type_name}"),
        _ => format!("a {type_name}"),
    }
}
