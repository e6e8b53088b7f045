//! What QuickJS cannot do by itself, added to its C source by patches.
//!
//! `quickjs.patch`:
//!
//! - the async context: a value that jobs, reactions and resumed async functions inherit
//! - `error.stack` begins with the error as text, as V8's does
//! - classes of the global scope that can be forgotten
//! - memory from a heap that counts it itself, shapes of objects that outlive the objects, and closures with the
//!   shape of an earlier one
//! - the methods of V8's call sites, the kind of a function as text, and V8's words for the commonest mistakes
//! - the strings of a tagged template are frozen, also when they are read from bytecode
//! - dates: a setter that is given no number, local times around a change of the clocks, the zone's name in text
//!
//! `limits.patch`: the interrupt handler is asked about once a millisecond, also by native code that goes
//! through arrays of any length, strings, JSON and big integers, and `Atomics.wait` waits until it says to stop.
//! Iterators of iterators have an end of the stack. `regexp-limits.patch`: nor is a regular expression compiled
//! past it.
//!
//! `stack-text.patch`: a hook that words the text of a stack.
//!
//! `lazy-functions.patch`: of the functions in bytecode the code is read when it is first called, and the
//! names of its variables when an error or `eval` asks for them. The bytes of [`rquickjs::Module::load`]
//! must therefore stay where they are as long as the runtime.
//!
//! `out-of-memory.patch`: what an allocation that is refused leads to is an error, and the next attempt works.
//! QuickJS reads freed memory then, or code that was cut off, ends the process where a promise cannot be settled,
//! and leaves built-ins undefined that were to be made at that moment.
//!
//! `suspended-frames.patch`: a closure keeps the frame of the suspended function whose variables it reads.
//!
//! The patched source is compiled into this crate. Its objects stand before those of rquickjs-sys
//! on the linker's line, which therefore takes these.

use core::ffi::{CStr, c_char, c_int, c_void};

use rquickjs::{Ctx, Error, Result, Value, qjs};

/// What a runtime allocates from. The functions are given this very structure, so it may be the first
/// member of a larger one.
#[repr(C)]
pub struct Heap {
    /// Where the number of bytes in live blocks stands: it says when to look for garbage.
    pub live: *const usize,
    /// `size` bytes at a multiple of 16, or null.
    pub allocate: unsafe extern "C" fn(heap: *mut Heap, size: usize) -> *mut c_void,
    /// Frees a block.
    pub release: unsafe extern "C" fn(heap: *mut Heap, block: *mut c_void),
    /// Gives a block another size, or answers null and leaves it as it is.
    pub resize: unsafe extern "C" fn(heap: *mut Heap, block: *mut c_void, size: usize) -> *mut c_void,
}

unsafe extern "C" {
    fn JS_PollInterrupts(ctx: *mut qjs::JSContext) -> c_int;
    fn JS_ForgetGlobalLexical(ctx: *mut qjs::JSContext, name: *const c_char);
    fn JS_SetHeap(runtime: *mut qjs::JSRuntime, heap: *mut Heap);
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

/// Forgets a class that was declared in the global scope: there it hides the global object's property of
/// the same name, whatever that is later made to be.
pub fn forget_global_class(ctx: &Ctx<'_>, name: &CStr) {
    // SAFETY: a live context, which the caller has locked, and a text that ends with a zero byte.
    unsafe { JS_ForgetGlobalLexical(ctx.as_raw().as_ptr(), name.as_ptr()) }
}

/// Has the runtime allocate from `heap` from now on, without rquickjs's allocator in between.
///
/// # Safety
/// The heap lives, unmoved, as long as the runtime, and the runtime's earlier blocks belong to it.
pub unsafe fn set_heap(ctx: &Ctx<'_>, heap: *mut Heap) {
    // SAFETY: the runtime of a live context, which the caller has locked; the rest is the caller's promise.
    unsafe { JS_SetHeap(qjs::JS_GetRuntime(ctx.as_raw().as_ptr()), heap) }
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
