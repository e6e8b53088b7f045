//! Bytes from and to JavaScript.

use rquickjs::{ArrayBuffer, Ctx, FromJs, Result, TypedArray, Value};

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
            // SAFETY: functions of this crate read all arguments before they look at any bytes, and run no
            // JavaScript before the last look.
            Bytes::Array(array) => unsafe { laconic_quickjs::bytes::bytes(array) },
            Bytes::Text(text) => text.as_bytes(),
        }
    }
}

pub fn buffer<'js>(ctx: &Ctx<'js>, bytes: impl Into<Vec<u8>>) -> Result<ArrayBuffer<'js>> {
    ArrayBuffer::new(ctx.clone(), bytes.into())
}
