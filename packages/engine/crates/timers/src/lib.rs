//! Timers for the engine, in the place of LLRT's crate of the same name (patched in by Cargo).
//!
//! LLRT's timers live in a tokio task: a pending timer needs a tokio runtime, and a callback that
//! throws ends the task, after which no timer of the process ever fires again. Here a timer is an
//! entry in a queue that belongs to the context, and the engine's event loop asks for the next one.

mod module;
mod origin;
mod queue;
mod timeout;

use llrt_utils::provider::ProviderType;
use rquickjs::{Ctx, Function, Result};

pub use module::{TimersModule, init};
pub use origin::{OnBehalfOf, origin, set_origin};
pub use queue::{is_awaited, next_deadline, remove_of, run_due};

/// Starts a timer for another LLRT crate (`AbortSignal.timeout`); `delay` in milliseconds.
pub fn set_timeout_interval<'js>(
    ctx: &Ctx<'js>,
    callback: Function<'js>,
    delay: u64,
    kind: ProviderType,
) -> Result<usize> {
    let schedule = match kind {
        ProviderType::Immediate => queue::Schedule::Immediate,
        ProviderType::Interval => queue::Schedule::Every(delay),
        _ => queue::Schedule::Once(delay),
    };
    Ok(queue::add(ctx, callback, Vec::new(), schedule, None)? as usize)
}
