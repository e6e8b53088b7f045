//! What `util.inspect` shows of values that keep their state to themselves.

use rquickjs::promise::PromiseState;
use rquickjs::{Array, Ctx, Promise, Result, Value, qjs};

/// `[state, result]` of a promise, the state 0 pending, 1 fulfilled, 2 rejected; null for other values.
pub fn promise<'js>(ctx: Ctx<'js>, value: Value<'js>) -> Result<Option<Array<'js>>> {
    let Some(promise) = value.as_promise() else { return Ok(None) };
    let details = Array::new(ctx.clone())?;
    let state = match promise.state() {
        PromiseState::Pending => 0,
        PromiseState::Resolved => 1,
        PromiseState::Rejected => 2,
    };
    details.set(0, state)?;
    if state != 0 {
        details.set(1, result(&ctx, promise))?;
    }
    Ok(Some(details))
}

/// The value or the reason; not by `Promise::result`, which throws the latter.
fn result<'js>(ctx: &Ctx<'js>, promise: &Promise<'js>) -> Value<'js> {
    // SAFETY: a live promise of this context; the value returned is ours.
    unsafe {
        let result = qjs::JS_PromiseResult(ctx.as_raw().as_ptr(), promise.as_value().as_raw());
        Value::from_raw(ctx.clone(), result)
    }
}

/// `[target, handler]` of a proxy, both null when it was revoked; null for other values.
pub fn proxy<'js>(ctx: Ctx<'js>, value: Value<'js>) -> Result<Option<Array<'js>>> {
    // SAFETY: a live value of this context; what the calls return is ours, exceptions included.
    unsafe {
        if !qjs::JS_IsProxy(value.as_raw()) {
            return Ok(None);
        }
        let raw = ctx.as_raw().as_ptr();
        let details = Array::new(ctx.clone())?;
        for (index, part) in
            [qjs::JS_GetProxyTarget(raw, value.as_raw()), qjs::JS_GetProxyHandler(raw, value.as_raw())]
                .into_iter()
                .enumerate()
        {
            if qjs::JS_IsException(part) {
                ctx.catch();
                details.set(index, Value::new_null(ctx.clone()))?;
            } else {
                details.set(index, Value::from_raw(ctx.clone(), part))?;
            }
        }
        Ok(Some(details))
    }
}
