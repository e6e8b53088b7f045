//! Results of system calls, as JavaScript gets them.

use std::ffi::CString;
use std::io;

use rquickjs::{Ctx, FromJs, IntoJs, Result, TypedArray, Value};

/// A value, or the negated error number.
pub enum Outcome<T> {
    Done(T),
    Failed(i32),
}

impl<'js, T: IntoJs<'js>> IntoJs<'js> for Outcome<T> {
    fn into_js(self, ctx: &Ctx<'js>) -> Result<Value<'js>> {
        match self {
            Outcome::Done(value) => value.into_js(ctx),
            Outcome::Failed(number) => (-number).into_js(ctx),
        }
    }
}

impl<T> From<io::Result<T>> for Outcome<T> {
    fn from(result: io::Result<T>) -> Outcome<T> {
        match result {
            Ok(value) => Outcome::Done(value),
            Err(error) => Outcome::Failed(error.raw_os_error().unwrap_or(libc::EIO)),
        }
    }
}

/// The number that a system call returned, which is asked again when a signal interrupted it.
pub fn call<N: Into<i64> + Copy>(mut call: impl FnMut() -> N) -> io::Result<f64> {
    loop {
        let result: i64 = call().into();
        if result >= 0 {
            return Ok(result as f64);
        }
        let error = io::Error::last_os_error();
        if error.kind() != io::ErrorKind::Interrupted {
            return Err(error);
        }
    }
}

/// A path from JavaScript: a string, or bytes where the name is no UTF-8.
pub struct Path(pub CString);

impl<'js> FromJs<'js> for Path {
    fn from_js(ctx: &Ctx<'js>, value: Value<'js>) -> Result<Path> {
        let bytes = match value.as_string() {
            Some(text) => text.to_string()?.into_bytes(),
            None => laconic_quickjs::bytes::copied(&TypedArray::from_js(ctx, value)?),
        };
        // The JavaScript above refuses paths with NUL.
        Ok(Path(CString::new(bytes)?))
    }
}
