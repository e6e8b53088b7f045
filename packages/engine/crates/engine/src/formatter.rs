//! Values as text, as Node's `util.format` makes it.
//!
//! Text and numbers are formatted here. For everything else there is an object under
//! `Symbol.for("laconic.format")` of the global object: `{ format(...values), inspect(value, options),
//! table(data, columns) }`, each of which returns text. The app puts it there, or the console's module
//! that came with the app's bytecode, which is evaluated when it is first needed. Without either, values
//! are shown as JSON.

use std::sync::{Mutex, PoisonError};

use rquickjs::function::Args;
use rquickjs::{Coerced, Ctx, Function, Module, Object, Result, Type, Value};

use crate::bytecode::Checked;
use crate::text;

/// The console's module.
static PROVIDED: Mutex<Option<Checked<'static>>> = Mutex::new(None);

/// Says which module came with the app.
pub fn provide(console: Checked<'static>) {
    *PROVIDED.lock().unwrap_or_else(PoisonError::into_inner) = Some(console);
}

/// The registered object's symbol.
const REGISTERED: &str = "laconic.format";

/// `util.format(...values)`.
pub fn format<'js>(ctx: &Ctx<'js>, values: &[Value<'js>]) -> Result<String> {
    if let Some(text) = plain(values) {
        return Ok(text);
    }
    match registered(ctx, "format")? {
        Some(format) => call(ctx, &format, values),
        None => Ok(values.iter().map(bare).collect::<Vec<_>>().join(" ")),
    }
}

/// `util.inspect(value, options)`.
pub fn inspect<'js>(ctx: &Ctx<'js>, value: Value<'js>, options: Option<Value<'js>>) -> Result<String> {
    match registered(ctx, "inspect")? {
        Some(inspect) => {
            let options = options.unwrap_or_else(|| Value::new_undefined(ctx.clone()));
            call(ctx, &inspect, &[value, options])
        }
        None => Ok(bare(&value)),
    }
}

/// The table that `console.table` draws; `None` when it draws none.
pub fn table<'js>(ctx: &Ctx<'js>, values: &[Value<'js>]) -> Result<Option<String>> {
    let is_tabular = values.first().is_some_and(Value::is_object);
    match registered(ctx, "table")?.filter(|_| is_tabular) {
        Some(table) => call(ctx, &table, values).map(Some),
        None => Ok(None),
    }
}

/// Values that need no look into them; `None` when one does.
fn plain(values: &[Value<'_>]) -> Option<String> {
    let mut out = String::new();
    let has_directives =
        |value: &Value<'_>| value.as_string().is_some_and(|text| text::lossy(text).contains('%'));
    if values.len() > 1 && has_directives(&values[0]) {
        return None;
    }
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        match value.type_of() {
            Type::String => out.push_str(&text::lossy(value.as_string()?)),
            Type::Undefined => out.push_str("undefined"),
            Type::Null => out.push_str("null"),
            Type::Bool => out.push_str(if value.as_bool()? { "true" } else { "false" }),
            Type::Int => out.push_str(&value.as_int()?.to_string()),
            Type::Float if value.as_float()? == 0.0 => {
                out.push_str(if value.as_float()?.is_sign_negative() { "-0" } else { "0" });
            }
            Type::Float => out.push_str(&value.get::<Coerced<String>>().ok()?.0),
            _ => return None,
        }
    }
    Some(out)
}

/// A value where nothing else formats it: an error with its stack, any other object as JSON.
fn bare(value: &Value<'_>) -> String {
    let ctx = value.ctx();
    let text = match (value.as_exception(), value.type_of()) {
        (Some(error), _) => Ok(format!("{error}")),

        (_, Type::Object | Type::Array) => {
            ctx.json_stringify(value).map(|json| json.map(|text| text::lossy(&text)).unwrap_or_default())
        }
        // Not by coercion, which refuses symbols.
        _ => ctx.globals().get::<_, Function>("String").and_then(|write| write.call((value.clone(),))),
    };
    text.unwrap_or_else(|_| {
        // What cannot be shown is not worth an error: a cycle, a getter that throws.
        ctx.catch();
        format!("[{}]", value.type_of())
    })
}

fn registered<'js>(ctx: &Ctx<'js>, method: &str) -> Result<Option<Function<'js>>> {
    let symbols: Object = ctx.globals().get("Symbol")?;
    let symbol: Value = symbols.get::<_, Function>("for")?.call((REGISTERED,))?;
    let mut registered: Value = ctx.globals().get(symbol.clone())?;
    if registered.is_undefined() {
        evaluate_provided(ctx)?;
        registered = ctx.globals().get(symbol)?;
    }
    registered.into_object().map(|object| object.get(method)).transpose()
}

/// Evaluates the console's module, once for each time that the app is loaded.
fn evaluate_provided(ctx: &Ctx<'_>) -> Result<()> {
    let provided = PROVIDED.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(code) = provided.and_then(Checked::open) else { return Ok(()) };
    // SAFETY: the checksum says that the code is whole, and the app's stamp that this engine wrote it; it is
    // static, for functions that are read later.
    let (_, evaluation) = unsafe { Module::load(ctx.clone(), code) }?.eval()?;
    evaluation.result::<Value>().transpose()?;
    Ok(())
}

fn call<'js>(ctx: &Ctx<'js>, function: &Function<'js>, values: &[Value<'js>]) -> Result<String> {
    let mut arguments = Args::new(ctx.clone(), values.len());
    arguments.push_args(values.iter().cloned())?;
    let text: rquickjs::String = function.call_arg(arguments)?;
    Ok(text::lossy(&text))
}
