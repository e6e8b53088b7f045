//! The globals `setTimeout` and so on, and the module `timers`.

use llrt_utils::module::{ModuleInfo, export_default};
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::{Func, Opt, Rest};
use rquickjs::{Class, Coerced, Ctx, Function, Result, Symbol, Value};

use crate::queue::{self, Schedule};
use crate::timeout::Timeout;

const NAMES: [&str; 7] = [
    "setTimeout",
    "clearTimeout",
    "setInterval",
    "clearInterval",
    "setImmediate",
    "clearImmediate",
    "queueMicrotask",
];

/// Longest delay that Node accepts, in milliseconds; a longer one fires at once there too.
const LONGEST_DELAY: f64 = 2_147_483_647.0;

/// Puts the timer functions on the global object.
pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    let globals = ctx.globals();
    globals.set("setTimeout", Func::from(set_timeout))?;
    globals.set("setInterval", Func::from(set_interval))?;
    globals.set("setImmediate", Func::from(set_immediate))?;
    globals.set("clearTimeout", Func::from(clear))?;
    globals.set("clearInterval", Func::from(clear))?;
    globals.set("clearImmediate", Func::from(clear))?;
    globals.set("queueMicrotask", Func::from(queue_microtask))?;
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
    callback: Function<'js>,
    delay: Opt<Coerced<f64>>,
    arguments: Rest<Value<'js>>,
) -> Handle<'js> {
    start(&ctx, callback, arguments.0, Schedule::Once(milliseconds(delay)))
}

fn set_interval<'js>(
    ctx: Ctx<'js>,
    callback: Function<'js>,
    delay: Opt<Coerced<f64>>,
    arguments: Rest<Value<'js>>,
) -> Handle<'js> {
    start(&ctx, callback, arguments.0, Schedule::Every(milliseconds(delay)))
}

fn set_immediate<'js>(ctx: Ctx<'js>, callback: Function<'js>, arguments: Rest<Value<'js>>) -> Handle<'js> {
    start(&ctx, callback, arguments.0, Schedule::Immediate)
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

fn queue_microtask<'js>(callback: Function<'js>) -> Result<()> {
    callback.defer::<()>(())
}

fn milliseconds(delay: Opt<Coerced<f64>>) -> u64 {
    match delay.0 {
        Some(Coerced(delay)) if (0.0..=LONGEST_DELAY).contains(&delay) => delay as u64,
        _ => 0,
    }
}

/// The built-in module `timers`.
pub struct TimersModule;

impl ModuleDef for TimersModule {
    fn declare(declare: &Declarations) -> Result<()> {
        for name in NAMES {
            declare.declare(name)?;
        }
        declare.declare("default")?;
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        export_default(ctx, exports, |default| {
            NAMES.iter().try_for_each(|name| default.set(*name, ctx.globals().get::<_, Value>(*name)?))
        })
    }
}

impl From<TimersModule> for ModuleInfo<TimersModule> {
    fn from(module: TimersModule) -> Self {
        ModuleInfo { name: "timers", module }
    }
}
