//! What QuickJS cannot do by itself, added to its C source by the patches in `patches`, of which each says what it
//! does and why. The build script compiles them as one object, and this is what they add for Rust.
//!
//! The bytes of [`rquickjs::Module::load`] must stay where they are as long as the runtime: functions are read when
//! they are first called.

pub mod bytes;

use core::ffi::{c_char, c_int};

use rquickjs::{Ctx, Error, Result, Value, qjs};

unsafe extern "C" {
    fn JS_PollInterrupts(ctx: *mut qjs::JSContext) -> c_int;
    fn JS_GetAsyncContext(runtime: *mut qjs::JSRuntime) -> qjs::JSValue;
    fn JS_SetAsyncContext(runtime: *mut qjs::JSRuntime, context: qjs::JSValue);
    fn JS_SetStackText(text: StackText);
}

/// Words the text of a stack, UTF-8 of that length: a string that is the caller's, or undefined for the same words.
pub type StackText = unsafe extern "C" fn(*mut qjs::JSContext, *const c_char, usize) -> qjs::JSValue;

/// Has the stacks of all errors worded from here on, in every machine.
pub fn set_stack_text(text: StackText) {
    // SAFETY: it stores the pointer; requests run one at a time.
    unsafe { JS_SetStackText(text) };
}

/// To be called now and then by native code that may take long: fails, with what no JavaScript catches, when
/// the interrupt handler says to stop.
pub fn poll(ctx: &Ctx<'_>) -> Result<()> {
    // SAFETY: a live context, which the caller has locked.
    match unsafe { JS_PollInterrupts(ctx.as_raw().as_ptr()) } {
        0 => Ok(()),
        _ => Err(Error::Exception),
    }
}

/// Lets `Atomics.wait` wait, as on Node's main thread: the app's deadline ends it.
pub fn allow_waiting(ctx: &Ctx<'_>) {
    // SAFETY: the runtime of a live context, which the caller has locked.
    unsafe { qjs::JS_SetCanBlock(qjs::JS_GetRuntime(ctx.as_raw().as_ptr()), true) }
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
