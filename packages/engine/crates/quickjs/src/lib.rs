//! What QuickJS cannot do by itself, added to its C source by patches.
//!
//! `quickjs.patch`:
//!
//! - the async context: a value that jobs, reactions and resumed async functions inherit
//! - `error.stack` begins with the error as text, as V8's does
//! - the methods of V8's call sites, the kind of a function as text, and V8's words for the commonest mistakes
//!
//! `limits.patch`: the interrupt handler is asked about once a millisecond, also by native code that goes
//! through arrays of any length, strings and big integers, and `Atomics.wait` waits until it says to stop.
//!
//! `stack-text.patch`: a hook that words the text of a stack.
//!
//! The patched source is compiled into this crate. Its objects stand before those of rquickjs-sys
//! on the linker's line, which therefore takes these.

use core::ffi::c_char;

use rquickjs::{Ctx, Value, qjs};

unsafe extern "C" {
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
