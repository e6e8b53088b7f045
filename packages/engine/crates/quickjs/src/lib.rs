//! What QuickJS cannot do by itself, added to its C source by `quickjs.patch`:
//!
//! - the async context: a value that jobs, reactions and resumed async functions inherit
//! - `error.stack` begins with the error as text, as V8's does
//! - the methods of V8's call sites, the kind of a function as text, and V8's words for the commonest mistakes
//! - dates: a setter that is given no number, local times around a change of the clocks, the zone's name in text
//!
//! The patched source is compiled into this crate. Its objects stand before those of rquickjs-sys
//! on the linker's line, which therefore takes these.

use rquickjs::{Ctx, Value, qjs};

unsafe extern "C" {
    fn JS_GetAsyncContext(runtime: *mut qjs::JSRuntime) -> qjs::JSValue;
    fn JS_SetAsyncContext(runtime: *mut qjs::JSRuntime, context: qjs::JSValue);
}

/// The async context of the running code; undefined when none was set.
pub fn async_context<'js>(ctx: &Ctx<'js>) -> Value<'js> {
    // SAFETY: the runtime of a live context, which the caller has locked; the value returned is ours.
    unsafe {
        let runtime = qjs::JS_GetRuntime(ctx.as_raw().as_ptr());
        Value::from_raw(ctx.clone(), JS_GetAsyncContext(runtime))
    }
}

/// Sets the async context of the running code and of all that it starts from here on.
pub fn set_async_context<'js>(ctx: &Ctx<'js>, context: Value<'js>) {
    // SAFETY: as above; the reference that QuickJS keeps is one of its own.
    unsafe {
        let raw = ctx.as_raw().as_ptr();
        JS_SetAsyncContext(qjs::JS_GetRuntime(raw), qjs::JS_DupValue(raw, context.as_raw()));
    }
}
