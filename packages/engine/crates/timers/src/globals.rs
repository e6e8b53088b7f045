//! The globals `setTimeout` and so on.

use rquickjs::function::Constructor;
use rquickjs::prelude::{Opt, Rest};
use rquickjs::{Class, Coerced, Ctx, Function, Object, Result, Symbol, Type, Value};

use crate::queue::{self, Schedule};
use crate::timeout::Timeout;

/// Longest delay that Node accepts, in milliseconds; a longer one fires at once there too.
const LONGEST_DELAY: f64 = 2_147_483_647.0;

/// Puts the timer functions on the global object.
pub fn init<'js>(ctx: &Ctx<'js>) -> Result<()> {
    let globals = ctx.globals();
    let define = |name: &str, function: Function<'js>| globals.set(name, function.with_name(name)?);
    define("setTimeout", Function::new(ctx.clone(), set_timeout)?)?;
    define("setInterval", Function::new(ctx.clone(), set_interval)?)?;
    define("setImmediate", Function::new(ctx.clone(), set_immediate)?)?;
    define("clearTimeout", Function::new(ctx.clone(), clear)?)?;
    define("clearInterval", Function::new(ctx.clone(), clear)?)?;
    define("clearImmediate", Function::new(ctx.clone(), clear)?)?;
    define("queueMicrotask", Function::new(ctx.clone(), queue_microtask)?)?;
    convertible(ctx)
}

/// A timer is converted to its number, which identifies it to whoever keeps only that.
fn convertible(ctx: &Ctx<'_>) -> Result<()> {
    if let Some(prototype) = Class::<Timeout>::prototype(ctx)? {
        let number: Value = prototype.get("valueOf")?;
        prototype.set(Symbol::to_primitive(ctx.clone()), number)?;
    }
    Ok(())
}

type Handle<'js> = Result<Class<'js, Timeout>>;

fn set_timeout<'js>(
    ctx: Ctx<'js>,
    callback: Opt<Value<'js>>,
    delay: Opt<Coerced<f64>>,
    arguments: Rest<Value<'js>>,
) -> Handle<'js> {
    start(&ctx, function(&ctx, callback)?, arguments.0, Schedule::Once(milliseconds(delay)))
}

fn set_interval<'js>(
    ctx: Ctx<'js>,
    callback: Opt<Value<'js>>,
    delay: Opt<Coerced<f64>>,
    arguments: Rest<Value<'js>>,
) -> Handle<'js> {
    start(&ctx, function(&ctx, callback)?, arguments.0, Schedule::Every(milliseconds(delay)))
}

fn set_immediate<'js>(ctx: Ctx<'js>, callback: Opt<Value<'js>>, arguments: Rest<Value<'js>>) -> Handle<'js> {
    start(&ctx, function(&ctx, callback)?, arguments.0, Schedule::Immediate)
}

/// The callback, or Node's error when it is not a function.
fn function<'js>(ctx: &Ctx<'js>, callback: Opt<Value<'js>>) -> Result<Function<'js>> {
    let given = callback.0.unwrap_or_else(|| Value::new_undefined(ctx.clone()));
    if let Some(function) = given.as_function() {
        return Ok(function.clone());
    }
    let received = match given.type_of() {
        Type::Undefined => "undefined".into(),
        Type::Null => "null".into(),
        Type::Bool | Type::Int | Type::Float | Type::BigInt => {
            let text = given.get::<Coerced<String>>()?.0;
            let n = if given.is_big_int() { "n" } else { "" };
            format!("type {} ({text}{n})", type_word(given.type_of()))
        }
        Type::String => format!("type string ('{}')", given.get::<String>()?),
        Type::Symbol => "type symbol".into(),
        _ => {
            let class: Option<String> = given
                .as_object()
                .and_then(|object| object.get::<_, Option<Object>>("constructor").ok().flatten())
                .and_then(|constructor| constructor.get("name").ok());
            format!("an instance of {}", class.as_deref().unwrap_or("Object"))
        }
    };
    let message = format!("The \"callback\" argument must be of type function. Received {received}");
    let error: Object = ctx.globals().get::<_, Constructor>("TypeError")?.construct((message,))?;
    error.set("code", "ERR_INVALID_ARG_TYPE")?;
    Err(ctx.throw(error.into_value()))
}

fn type_word(kind: Type) -> &'static str {
    match kind {
        Type::Bool => "boolean",
        Type::BigInt => "bigint",
        _ => "number",
    }
}

fn start<'js>(
    ctx: &Ctx<'js>,
    callback: Function<'js>,
    arguments: Vec<Value<'js>>,
    schedule: Schedule,
) -> Handle<'js> {
    let handle = Class::instance(ctx.clone(), Timeout::new(0))?;
    let id = queue::add(ctx, callback, arguments, schedule, Some(handle.clone()))?;
    handle.borrow_mut().id = id;
    Ok(handle)
}

fn clear<'js>(ctx: Ctx<'js>, timer: Opt<Value<'js>>) -> Result<()> {
    let Some(timer) = timer.0 else { return Ok(()) };
    let id = match Class::<Timeout>::from_value(&timer) {
        Ok(handle) => Some(handle.borrow().id),
        Err(_) => timer.get::<Coerced<f64>>().ok().map(|id| id.0 as u64),
    };
    id.map_or(Ok(()), |id| queue::remove(&ctx, id))
}

fn queue_microtask<'js>(ctx: Ctx<'js>, callback: Opt<Value<'js>>) -> Result<()> {
    function(&ctx, callback)?.defer::<()>(())
}

fn milliseconds(delay: Opt<Coerced<f64>>) -> u64 {
    match delay.0 {
        Some(Coerced(delay)) if (0.0..=LONGEST_DELAY).contains(&delay) => delay as u64,
        _ => 0,
    }
}
