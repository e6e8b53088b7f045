//! `process.nextTick`: a queue that is emptied before the jobs of promises, whenever the engine comes
//! back from JavaScript. The queue itself is JavaScript's; here is only who empties it, and when.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use rquickjs::{Ctx, Function, JsLifetime, Result};

/// Whether the queue holds anything. One machine a process, so one flag.
static WANTED: AtomicBool = AtomicBool::new(false);

#[derive(Clone, JsLifetime)]
struct Drain<'js>(Function<'js>);

/// Registers the function that empties the queue. It returns when the queue is empty or a tick threw.
pub fn on_ticks<'js>(ctx: Ctx<'js>, drain: Function<'js>) {
    WANTED.store(false, Relaxed);
    // Stored once a context: a second copy of the module would be a second queue, and there is one.
    let _ = ctx.store_userdata(Drain(drain));
}

/// JavaScript's word that its queue is no longer empty.
pub fn want_ticks() {
    WANTED.store(true, Relaxed);
}

/// Whether `run_ticks` has something to do.
pub fn has_ticks() -> bool {
    WANTED.load(Relaxed)
}

/// Empties the queue. An exception of a tick is returned; the ticks behind it stay queued.
pub fn run_ticks(ctx: &Ctx<'_>) -> Result<()> {
    if !WANTED.swap(false, Relaxed) {
        return Ok(());
    }
    let drain = ctx.userdata::<Drain>().map(|drain| drain.0.clone());
    drain.map_or(Ok(()), |drain| {
        let outcome = drain.call::<_, bool>(());
        if !matches!(outcome, Ok(false)) {
            WANTED.store(true, Relaxed);
        }
        outcome.map(|_| ())
    })
}
