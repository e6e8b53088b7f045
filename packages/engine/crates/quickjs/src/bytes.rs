//! The memory of typed arrays. It moves, shrinks or goes away while JavaScript runs: a getter, a `valueOf` or a callback
//! may resize the buffer or hand it over. So a slice of it is taken after the last argument was read, and given back
//! before JavaScript is called.

use core::ptr::NonNull;
use core::slice;

use rquickjs::{Ctx, Exception, Result, TypedArray, qjs};

/// Where the array's bytes lie now; nothing when its buffer is detached, or ends before the array.
fn place(array: &TypedArray<'_, u8>) -> Option<NonNull<[u8]>> {
    let raw = array.as_raw();
    if raw.is_none() {
        // QuickJS throws for an array that its buffer no longer reaches, which nobody would catch.
        array.ctx().catch();
    }
    raw
}

/// The bytes; none when the buffer is gone.
///
/// # Safety
/// No JavaScript runs, and nothing writes to the memory, for as long as the slice lives.
pub unsafe fn bytes<'a>(array: &'a TypedArray<'_, u8>) -> &'a [u8] {
    // SAFETY: the place is valid until JavaScript runs, which the caller rules out.
    place(array).map_or(&[], |place| unsafe { &*place.as_ptr() })
}

/// The bytes, or a TypeError when the buffer is gone.
///
/// # Safety
/// As of [`bytes`].
pub unsafe fn present_bytes<'a>(ctx: &Ctx<'_>, array: &'a TypedArray<'_, u8>) -> Result<&'a [u8]> {
    let place = place(array).ok_or_else(|| gone(ctx))?;
    // SAFETY: as above.
    Ok(unsafe { &*place.as_ptr() })
}

/// The bytes as they are now, for what outlives the call; none when the buffer is gone.
pub fn copied(array: &TypedArray<'_, u8>) -> Vec<u8> {
    // SAFETY: copying runs no JavaScript.
    unsafe { bytes(array) }.to_vec()
}

/// The bytes, to be written to; a TypeError when the buffer is gone or may not be written to.
///
/// # Safety
/// No JavaScript runs, and nothing else refers to the memory, for as long as the slice lives.
pub unsafe fn writable<'a>(ctx: &Ctx<'_>, array: &'a TypedArray<'_, u8>) -> Result<&'a mut [u8]> {
    let place = place(array).ok_or_else(|| gone(ctx))?;
    let buffer = array.arraybuffer()?;
    // SAFETY: a live value.
    if unsafe { qjs::JS_IsImmutableArrayBuffer(buffer.as_value().as_raw()) } > 0 {
        return Err(Exception::throw_type(ctx, "the array's buffer is immutable"));
    }
    // SAFETY: the place is valid until JavaScript runs, which the caller rules out, as it does other references.
    Ok(unsafe { slice::from_raw_parts_mut(place.as_ptr().cast(), place.len()) })
}

fn gone(ctx: &Ctx<'_>) -> rquickjs::Error {
    Exception::throw_type(ctx, "the array's buffer is detached")
}
