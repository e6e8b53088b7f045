//! The global objects that every app has, whatever features are linked.

use llrt_utils::primordials::{BasePrimordials, Primordial};
use rquickjs::prelude::{Func, Opt};
use rquickjs::{Ctx, Object, Result, Value};

use crate::feature::{Feature, module};
use crate::{console, process, random};

/// Linked with every app, and in place before it is evaluated.
pub static CORE: Feature = Feature::new("core")
    .modules(&[
        module::<llrt_console::ConsoleModule>("console"),
        module::<process::ProcessModule>("process"),
        module::<llrt_timers::TimersModule>("timers"),
    ])
    .attach(attach);

fn attach(ctx: &Ctx<'_>) -> Result<()> {
    llrt_utils::time::init();
    BasePrimordials::init(ctx)?;
    ctx.globals().set("global", ctx.globals())?;
    ctx.globals().set("structuredClone", Func::from(structured_clone))?;
    llrt_exceptions::init(ctx)?;
    console::init(ctx)?;
    process::init(ctx)?;
    llrt_timers::init(ctx)?;
    random::init(ctx)
}

fn structured_clone<'js>(ctx: Ctx<'js>, value: Value<'js>, options: Opt<Object<'js>>) -> Result<Value<'js>> {
    llrt_utils::clone::structured_clone(&ctx, value, options)
}
