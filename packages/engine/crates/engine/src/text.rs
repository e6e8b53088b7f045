//! JavaScript strings to UTF-8 and back.

use core::slice;

use rquickjs::{Ctx, Error, Result, String as JsString, Value, qjs};

/// The string as UTF-8. JavaScript strings may hold half a surrogate pair, which UTF-8 cannot: each
/// becomes U+FFFD, as `TextEncoder` does it.
pub fn lossy(string: &JsString<'_>) -> String {
    with_bytes(string, |bytes| match core::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => replace_surrogates(bytes),
    })
}

/// As [`lossy`], as bytes.
pub fn lossy_bytes(string: &JsString<'_>) -> Vec<u8> {
    with_bytes(string, |bytes| match core::str::from_utf8(bytes) {
        Ok(_) => bytes.to_vec(),
        Err(_) => replace_surrogates(bytes).into_bytes(),
    })
}

/// A JavaScript string from UTF-8.
pub fn to_js<'js>(ctx: &Ctx<'js>, text: &str) -> Result<Value<'js>> {
    // SAFETY: the context is live and locked, the bytes are valid for the call, and a value that is
    // not an exception is ours to own.
    unsafe {
        let value = qjs::JS_NewStringLen(ctx.as_raw().as_ptr(), text.as_ptr().cast(), text.len() as _);
        if qjs::JS_IsException(value) {
            return Err(Error::Exception);
        }
        Ok(Value::from_raw(ctx.clone(), value))
    }
}

/// The longest beginning of `text` of at most `length` bytes that ends between two characters.
pub fn floor(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    &text[..end]
}

fn with_bytes<R>(string: &JsString<'_>, read: impl FnOnce(&[u8]) -> R) -> R {
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

/// QuickJS writes half a surrogate pair as three bytes, ED A0..BF xx, which UTF-8 does not allow.
fn replace_surrogates(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes;
    while !rest.is_empty() {
        match core::str::from_utf8(rest) {
            Ok(text) => {
                out.push_str(text);
                break;
            }
            Err(error) => {
                let (valid, invalid) = rest.split_at(error.valid_up_to());
                out.push_str(&String::from_utf8_lossy(valid));
                out.push(char::REPLACEMENT_CHARACTER);
                let surrogate = invalid.len() >= 3 && invalid[0] == 0xED && invalid[1] >= 0xA0;
                rest = &invalid[if surrogate { 3 } else { 1 }..];
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_a_surrogate_pair_becomes_one_replacement_character() {
        assert_eq!(replace_surrogates(b"a\xED\xA0\xBDb"), "a\u{FFFD}b");
        assert_eq!(replace_surrogates(b"\xED\xB8\x80"), "\u{FFFD}");
        assert_eq!(replace_surrogates(b"\xFFx"), "\u{FFFD}x");
    }
}
