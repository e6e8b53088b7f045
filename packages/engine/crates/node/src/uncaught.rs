//! What no code of the app catches: `process`, where the app has it, is asked before a request fails of it.

use rquickjs::{Ctx, Function, JsLifetime, Result, Value};

#[derive(Clone, JsLifetime)]
struct Listeners<'js> {
    exception: Function<'js>,
    rejection: Function<'js>,
}

/// Registers who is asked: `exception(error)` and `rejection(promise, reason, isHandled)`, each of which tells whether it
/// takes care of it.
pub fn on_uncaught<'js>(ctx: Ctx<'js>, exception: Function<'js>, rejection: Function<'js>) {
    // Stored once a context, as the queue of ticks is.
    let _ = ctx.store_userdata(Listeners { exception, rejection });
}

/// Whether the app takes care of the exception. An exception of its listeners is returned.
pub fn handles_exception<'js>(ctx: &Ctx<'js>, error: Value<'js>) -> Result<bool> {
    listeners(ctx).map_or(Ok(false), |listeners| listeners.exception.call((error,)))
}

/// Whether the app takes care of the rejection, now and when it is handled after all.
pub fn handles_rejection<'js>(
    ctx: &Ctx<'js>,
    promise: Value<'js>,
    reason: Value<'js>,
    is_handled: bool,
) -> Result<bool> {
    listeners(ctx).map_or(Ok(false), |listeners| listeners.rejection.call((promise, reason, is_handled)))
}

fn listeners<'js>(ctx: &Ctx<'js>) -> Option<Listeners<'js>> {
    ctx.userdata::<Listeners>().map(|listeners| listeners.clone())
}
