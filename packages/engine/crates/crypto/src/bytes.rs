//! Bytes from and to JavaScript.

use rquickjs::{ArrayBuffer, Ctx, Exception, FromJs, Result, TypedArray, Value};

/// A `Uint8Array`, or a string that stands for its UTF-8.
pub enum Bytes<'js> {
    Array(TypedArray<'js, u8>),
    Text(String),
}

impl<'js> FromJs<'js> for Bytes<'js> {
    fn from_js(ctx: &Ctx<'js>, value: Value<'js>) -> Result<Self> {
        match value.as_string() {
            Some(text) => Ok(Bytes::Text(text.to_string()?)),
            None => Ok(Bytes::Array(TypedArray::from_js(ctx, value)?)),
        }
    }
}

impl Bytes<'_> {
    pub fn as_slice(&self) -> &[u8] {
        match self {
            // An array whose buffer is detached has no bytes.
            Bytes::Array(array) => array.as_bytes().unwrap_or_default(),
            Bytes::Text(text) => text.as_bytes(),
        }
    }
}

/// The bytes of an array, to be written to.
pub fn writable<'a>(ctx: &Ctx<'_>, array: &'a TypedArray<'_, u8>) -> Result<&'a mut [u8]> {
    let raw = array.as_raw().ok_or_else(|| Exception::throw_type(ctx, "the array's buffer is detached"))?;
    // SAFETY: the array's memory, to which nothing else refers while no JavaScript runs.
    Ok(unsafe { std::slice::from_raw_parts_mut(raw.ptr.as_ptr(), raw.len) })
}

pub fn buffer<'js>(ctx: &Ctx<'js>, bytes: impl Into<Vec<u8>>) -> Result<ArrayBuffer<'js>> {
    ArrayBuffer::new(ctx.clone(), bytes.into())
}
