//! The global objects of an app.

use llrt_utils::primordials::{BasePrimordials, Primordial};
use rquickjs::prelude::{Func, Opt};
use rquickjs::{Ctx, Object, Result, Value};

use crate::{console, process, random};

/// Each puts its names on the global object; later ones may use what earlier ones put there.
const GLOBALS: [fn(&Ctx<'_>) -> Result<()>; 17] = [
    llrt_abort::init,
    llrt_async_hooks::init,
    llrt_buffer::init,
    console::init,
    llrt_crypto::init,
    llrt_events::init,
    llrt_exceptions::init,
    llrt_fetch::init,
    llrt_intl::init,
    llrt_navigator::init,
    llrt_perf_hooks::init,
    process::init,
    llrt_stream_web::init,
    llrt_timers::init,
    llrt_url::init,
    llrt_util::init,
    random::init,
];

/// Attaches everything.
pub fn attach(ctx: &Ctx<'_>) -> Result<()> {
    llrt_utils::time::init();
    BasePrimordials::init(ctx)?;
    ctx.globals().set("global", ctx.globals())?;
    ctx.globals().set("structuredClone", Func::from(structured_clone))?;
    GLOBALS.iter().try_for_each(|init| init(ctx))
}

fn structured_clone<'js>(ctx: Ctx<'js>, value: Value<'js>, options: Opt<Object<'js>>) -> Result<Value<'js>> {
    llrt_utils::clone::structured_clone(&ctx, value, options)
}
