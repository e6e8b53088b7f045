//! Rejections and exceptions that no code of the app handles.
//!
//! Node ends the process for either. Here they are collected while a request runs: an exception
//! fails that request, a rejection is reported on stderr.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rquickjs::{CaughtError, Ctx, Value, qjs};

use crate::failure::{Failure, Status};

#[derive(Default)]
struct Unhandled {
    /// Address of each rejected promise that nobody listens to yet, and why it was rejected.
    rejections: Vec<(usize, Failure)>,
    exception: Option<Failure>,
}

static UNHANDLED: Mutex<Unhandled> = Mutex::new(Unhandled { rejections: Vec::new(), exception: None });

/// QuickJS's report that a promise was rejected without a handler, or got one afterwards.
pub fn track(_: Ctx<'_>, promise: Value<'_>, reason: Value<'_>, is_handled: bool) {
    if is_handled {
        forget(&promise);
    } else {
        let address = address_of(&promise);
        // Built before the lock is taken: reading the error may run its getters, and so this function.
        let failure = Failure::of_value(&reason, Status::FunctionError);
        unhandled().rejections.push((address, failure));
    }
}

/// Takes the promise's rejection as handled.
pub fn forget(promise: &Value<'_>) {
    let address = address_of(promise);
    unhandled().rejections.retain(|(rejected, _)| *rejected != address);
}

fn address_of(promise: &Value<'_>) -> usize {
    // SAFETY: a promise is an object, whose value is a pointer; it is only compared.
    unsafe { qjs::JS_VALUE_GET_PTR(promise.as_raw()) as usize }
}

/// Notes an exception from a callback that nothing called it could catch.
pub fn uncaught(error: CaughtError<'_>) {
    let failure = Failure::caught(error, Status::FunctionError);
    unhandled().exception.get_or_insert(failure);
}

/// The first exception since the last call.
pub fn take_exception() -> Option<Failure> {
    unhandled().exception.take()
}

/// Writes the rejections that stayed unhandled to stderr, and forgets them.
pub fn report() {
    let rejections = std::mem::take(&mut unhandled().rejections);
    for (_, failure) in rejections {
        eprintln!("Unhandled promise rejection: {}: {}", failure.error_type, failure.message);
        for frame in failure.stack {
            eprintln!("    {frame}");
        }
    }
}

fn unhandled() -> MutexGuard<'static, Unhandled> {
    UNHANDLED.lock().unwrap_or_else(PoisonError::into_inner)
}
