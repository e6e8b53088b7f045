//! The fields of a JSON log record, as Lambda's Node runtime fills them from `console`'s arguments.

use rquickjs::prelude::Func;
use rquickjs::{Ctx, Object, Result, Value};

use crate::error_value::{self, ErrorValue};
use crate::formatter::format;
use crate::{frames, text};

/// A single text that is a Lambda log record already, such as a logger that knows Lambda writes.
pub fn finished_record(values: &[Value<'_>]) -> Option<String> {
    let [only] = values else { return None };
    let text = text::lossy(only.as_string()?);
    (text.starts_with("{\"timestamp\":") && text.contains("\"level\":")).then_some(text)
}

/// `"message":…`, and the first error among several values as `errorType`, `errorMessage` and `stackTrace`.
pub fn of<'js>(ctx: &Ctx<'js>, values: &[Value<'js>]) -> Result<String> {
    let mut fields = String::from("\"message\":");
    if let [only] = values
        && only.as_string().is_none()
        && let Some(structure) = stringify(ctx, only)?
    {
        fields.push_str(&structure);
        return Ok(fields);
    }
    laconic_json::push_string(&mut fields, &frames::original_text(format(ctx, values)?));
    if values.len() > 1
        && let Some(error) = values.iter().filter_map(Value::as_object).find(|object| object.is_error())
    {
        fields.push(',');
        push_error(&mut fields, error);
    }
    Ok(fields)
}

fn push_error(fields: &mut String, error: &Object<'_>) {
    let ErrorValue { message, .. } = ErrorValue::of(error);
    fields.push_str("\"errorType\":");
    laconic_json::push_string(fields, &class_of(error));
    fields.push_str(",\"errorMessage\":");
    laconic_json::push_string(fields, &message);
    fields.push_str(",\"stackTrace\":");
    laconic_json::push_strings(fields, &stack_lines(error));
}

/// The whole stack, with the error's own words above the frames: so Lambda documents it.
fn stack_lines(error: &Object<'_>) -> Vec<String> {
    let stack = error_value::text(error, "stack").unwrap_or_default();
    frames::original(stack.lines().map(String::from).collect())
}

fn class_of(error: &Object<'_>) -> String {
    let class = error_value::property(error, "constructor").and_then(Value::into_object);
    class.and_then(|class| error_value::text(&class, "name")).unwrap_or_else(|| "UnknownError".into())
}

/// The value as JSON, with errors written out; `None` when JSON cannot hold it.
fn stringify<'js>(ctx: &Ctx<'js>, value: &Value<'js>) -> Result<Option<String>> {
    let replacer = Func::from(|ctx: Ctx<'js>, _: Value<'js>, value: Value<'js>| structure(ctx, value));
    match ctx.json_stringify_replacer(value.clone(), replacer) {
        Ok(json) => Ok(json.map(|json| text::lossy(&json))),
        // A cycle, a BigInt, a toJSON that throws: it is written as text instead.
        Err(_) => {
            ctx.catch();
            Ok(None)
        }
    }
}

/// JSON leaves out what makes an error.
fn structure<'js>(ctx: Ctx<'js>, value: Value<'js>) -> Result<Value<'js>> {
    let Some(error) = value.as_object().filter(|object| object.is_error()) else { return Ok(value) };
    let ErrorValue { message, .. } = ErrorValue::of(error);
    let structure = Object::new(ctx)?;
    structure.set("errorType", class_of(error))?;
    structure.set("errorMessage", message)?;
    structure.set("stackTrace", stack_lines(error))?;
    for property in error.props::<String, Value>() {
        let (name, value) = property?;
        structure.set(name, value)?;
    }
    Ok(structure.into_value())
}
