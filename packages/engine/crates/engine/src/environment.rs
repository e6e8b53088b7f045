//! `process.env`: the host's environment, read when JavaScript reads it, under what was written.
//!
//! A copy made at start would miss what the host sets later, and lie in a heap image with every
//! secret that it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rquickjs::function::{Constructor, Func};
use rquickjs::{Coerced, Ctx, Object, Result, Value};

/// What JavaScript and the host's requests wrote; `None` is deleted. Never reaches the host's own
/// environment, which other threads may be reading.
static WRITTEN: Mutex<BTreeMap<String, Option<String>>> = Mutex::new(BTreeMap::new());

/// The variable's value, as JavaScript sees it.
pub fn get(name: &str) -> Option<String> {
    match written().get(name) {
        Some(value) => value.clone(),
        None => host(name),
    }
}

/// Sets the variable for JavaScript when it differs; `None` leaves it alone.
pub fn set_when_changed(name: &str, value: Option<&str>) {
    if let Some(value) = value {
        let mut written = written();
        if written.get(name).and_then(Option::as_deref) != Some(value) {
            written.insert(name.into(), Some(value.into()));
        }
    }
}

/// The object `process.env`.
pub fn object<'js>(ctx: &Ctx<'js>) -> Result<Value<'js>> {
    let handler = Object::new(ctx.clone())?;
    handler.set("get", Func::from(read))?;
    handler.set(
        "has",
        Func::from(|_: Object, name: Value| text(&name).is_some_and(|name| get(&name).is_some())),
    )?;
    handler.set("set", Func::from(write))?;
    handler.set("deleteProperty", Func::from(delete))?;
    handler.set("ownKeys", Func::from(|_: Object| names()))?;
    handler.set("getOwnPropertyDescriptor", Func::from(describe))?;
    handler.set("defineProperty", Func::from(define))?;
    let proxy: Constructor = ctx.globals().get("Proxy")?;
    proxy.construct((Object::new(ctx.clone())?, handler))
}

fn read<'js>(ctx: Ctx<'js>, target: Object<'js>, name: Value<'js>) -> Result<Value<'js>> {
    use rquickjs::IntoJs;
    match text(&name).and_then(|name| get(&name)) {
        Some(value) => value.into_js(&ctx),
        // Symbols and the methods of Object.prototype.
        None => target.get(name),
    }
}

fn write<'js>(_: Object<'js>, name: Value<'js>, value: Coerced<String>) -> bool {
    if let Some(name) = text(&name) {
        written().insert(name, Some(value.0));
    }
    true
}

fn delete<'js>(_: Object<'js>, name: Value<'js>) -> bool {
    if let Some(name) = text(&name) {
        written().insert(name, None);
    }
    true
}

fn define<'js>(_: Object<'js>, name: Value<'js>, descriptor: Object<'js>) -> Result<bool> {
    if let Some(name) = text(&name) {
        let value = descriptor.get::<_, Coerced<String>>("value")?;
        written().insert(name, Some(value.0));
    }
    Ok(true)
}

fn describe<'js>(ctx: Ctx<'js>, _: Object<'js>, name: Value<'js>) -> Result<Option<Object<'js>>> {
    let Some(value) = text(&name).and_then(|name| get(&name)) else { return Ok(None) };
    let descriptor = Object::new(ctx)?;
    descriptor.set("value", value)?;
    for attribute in ["writable", "enumerable", "configurable"] {
        descriptor.set(attribute, true)?;
    }
    Ok(Some(descriptor))
}

fn names() -> Vec<String> {
    let mut names: BTreeSet<String> =
        env::vars_os().filter_map(|(name, _)| name.into_string().ok()).collect();
    for (name, value) in written().iter() {
        match value {
            Some(_) => names.insert(name.clone()),
            None => names.remove(name),
        };
    }
    names.into_iter().collect()
}

fn host(name: &str) -> Option<String> {
    // The standard library refuses these names with a panic-free None only since it checks them itself.
    if name.is_empty() || name.contains(['=', '\0']) {
        return None;
    }
    env::var_os(name).map(|value| value.to_string_lossy().into_owned())
}

fn text(name: &Value<'_>) -> Option<String> {
    name.as_string().map(crate::text::lossy)
}

fn written() -> MutexGuard<'static, BTreeMap<String, Option<String>>> {
    WRITTEN.lock().unwrap_or_else(PoisonError::into_inner)
}
