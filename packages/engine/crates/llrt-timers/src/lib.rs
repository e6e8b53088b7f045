//! Timers by the name under which LLRT's `AbortSignal.timeout` starts one.

use laconic_timers::Schedule;
use llrt_utils::provider::ProviderType;
use rquickjs::{Ctx, Function, Result};

/// Starts a timer; `delay` in milliseconds.
pub fn set_timeout_interval<'js>(
    ctx: &Ctx<'js>,
    callback: Function<'js>,
    delay: u64,
    kind: ProviderType,
) -> Result<usize> {
    let schedule = match kind {
        ProviderType::Immediate => Schedule::Immediate,
        ProviderType::Interval => Schedule::Every(delay),
        _ => Schedule::Once(delay),
    };
    Ok(laconic_timers::add(ctx, callback, Vec::new(), schedule, None)? as usize)
}
