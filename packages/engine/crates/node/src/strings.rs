//! JavaScript strings as bytes, and back.

use core::slice;

use rquickjs::{Ctx, Error, Result, String as JsString, Value, qjs};

/// The string's bytes in UTF-8, in which half a surrogate pair is three bytes that UTF-8 does not know.
pub fn with_bytes<R>(string: &JsString<'_>, read: impl FnOnce(&[u8]) -> R) -> R {
    let ctx = string.ctx().as_raw().as_ptr();
    let mut length = 0;
    // SAFETY: the value is a live string of this context; QuickJS returns `length` bytes that stay
    // valid until JS_FreeCString, or null when it has no memory.
    unsafe {
        let start = qjs::JS_ToCStringLen2(ctx, &mut length, string.as_raw(), false);
        if start.is_null() {
            string.ctx().catch();
            return read(b"");
        }
        let result = read(slice::from_raw_parts(start.cast(), length as usize));
        qjs::JS_FreeCString(ctx, start);
        result
    }
}

/// The string as UTF-8: half a surrogate pair becomes U+FFFD.
pub fn with_utf8<R>(string: &JsString<'_>, read: impl FnOnce(&[u8]) -> R) -> R {
    with_bytes(string, |bytes| match core::str::from_utf8(bytes) {
        Ok(_) => read(bytes),
        Err(_) => {
            let mut whole = bytes.to_vec();
            let mut at = 0;
            while at + 2 < whole.len() {
                if whole[at] == 0xED && whole[at + 1] >= 0xA0 {
                    whole[at..at + 3].copy_from_slice(b"\xEF\xBF\xBD");
                    at += 3;
                } else {
                    at += 1;
                }
            }
            read(&whole)
        }
    })
}

/// The string's UTF-16 units.
pub fn units(string: &JsString<'_>) -> Vec<u16> {
    with_bytes(string, |bytes| {
        let mut units = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = decode(&bytes[at..]);
            at += length;
            match u16::try_from(code) {
                Ok(unit) => units.push(unit),
                Err(_) => {
                    let code = code - 0x1_0000;
                    units.extend([0xD800 + (code >> 10) as u16, 0xDC00 + (code & 0x3FF) as u16]);
                }
            }
        }
        units
    })
}

/// The first code point of what QuickJS wrote, and how many bytes it takes.
fn decode(bytes: &[u8]) -> (u32, usize) {
    let byte = |index: usize| u32::from(bytes.get(index).copied().unwrap_or_default()) & 0x3F;
    match bytes[0] {
        first @ 0..=0x7F => (u32::from(first), 1),
        first @ 0xC0..=0xDF => ((u32::from(first) & 0x1F) << 6 | byte(1), 2),
        first @ 0xE0..=0xEF => ((u32::from(first) & 0xF) << 12 | byte(1) << 6 | byte(2), 3),
        first => ((u32::from(first) & 7) << 18 | byte(1) << 12 | byte(2) << 6 | byte(3), 4),
    }
}

/// A JavaScript string from UTF-8; what is not UTF-8 becomes U+FFFD, as `TextDecoder` does it.
pub fn of_utf8<'js>(ctx: &Ctx<'js>, bytes: &[u8]) -> Result<Value<'js>> {
    let text = String::from_utf8_lossy(bytes);
    // SAFETY: the context is live and locked, the bytes are valid for the call.
    owned(ctx, unsafe { qjs::JS_NewStringLen(ctx.as_raw().as_ptr(), text.as_ptr().cast(), text.len() as _) })
}

/// A JavaScript string from UTF-16 units.
pub fn of_units<'js>(ctx: &Ctx<'js>, units: &[u16]) -> Result<Value<'js>> {
    // SAFETY: as above.
    owned(ctx, unsafe { qjs::JS_NewStringUTF16(ctx.as_raw().as_ptr(), units.as_ptr(), units.len() as _) })
}

fn owned<'js>(ctx: &Ctx<'js>, value: qjs::JSValue) -> Result<Value<'js>> {
    // SAFETY: a value that is not an exception is ours to own.
    unsafe {
        if qjs::JS_IsException(value) {
            return Err(Error::Exception);
        }
        Ok(Value::from_raw(ctx.clone(), value))
    }
}
