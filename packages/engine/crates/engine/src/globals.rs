//! The global objects that every app has, whatever features are linked.

use rquickjs::{Ctx, Result};

use crate::feature::{Feature, module};
use crate::{clock, console, process, random};

/// Linked with every app, and in place before it is evaluated.
pub static CORE: Feature =
    Feature::new("core").modules(&[module::<process::ProcessModule>("process")]).attach(attach);

fn attach(ctx: &Ctx<'_>) -> Result<()> {
    ctx.globals().set("global", ctx.globals())?;
    clock::init(ctx)?;
    console::init(ctx)?;
    process::init(ctx)?;
    laconic_timers::init(ctx)?;
    random::init(ctx)
}
