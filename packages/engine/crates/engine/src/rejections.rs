//! Rejections and exceptions that no code of the app handles.
//!
//! Node ends the process for either, unless the app listens for them on `process`. Here they are
//! collected while a request runs. An exception fails the request that it belongs to; a rejection,
//! and an exception of an earlier request, is reported as a log record of the request that it
//! belongs to.

use std::sync::{Mutex, MutexGuard, PoisonError};

use laconic_timers::origin;
use rquickjs::{CatchResultExt, CaughtError, Ctx, Value, qjs};

use crate::failure::{Failure, Status};
use crate::record::{self, Level, Stream};

#[derive(Default)]
struct Unhandled {
    rejections: Vec<Rejection>,
    exceptions: Vec<Exception>,
}

struct Rejection {
    /// Address of the promise.
    promise: usize,
    failure: Failure,
    origin: u64,
}

struct Exception {
    failure: Failure,
    origin: u64,
}

/// Kept of each kind; a loop that rejects for ever must not fill the memory.
const MOST: usize = 1000;

static UNHANDLED: Mutex<Unhandled> = Mutex::new(Unhandled { rejections: Vec::new(), exceptions: Vec::new() });

/// QuickJS's report that a promise was rejected without a handler, or got one afterwards.
pub fn track<'js>(ctx: Ctx<'js>, promise: Value<'js>, reason: Value<'js>, is_handled: bool) {
    let is_the_apps = laconic_node::handles_rejection(&ctx, promise.clone(), reason.clone(), is_handled);
    if is_the_apps.unwrap_or(false) {
        return;
    }
    if is_handled {
        forget(&promise);
        return;
    }
    if unhandled().rejections.len() >= MOST {
        return;
    }
    let promise = address_of(&promise);
    // Built before the lock is taken: reading the error may run its getters, and so this function.
    let failure = Failure::of_value(&reason, Status::FunctionError);
    unhandled().rejections.push(Rejection { promise, failure, origin: origin() });
}

/// Takes the promise's rejection as handled.
pub fn forget(promise: &Value<'_>) {
    let address = address_of(promise);
    unhandled().rejections.retain(|rejection| rejection.promise != address);
}

fn address_of(promise: &Value<'_>) -> usize {
    // SAFETY: a promise is an object, whose value is a pointer; it is only compared.
    unsafe { qjs::JS_VALUE_GET_PTR(promise.as_raw()) as usize }
}

/// Notes an exception from a callback that nothing called it could catch.
pub fn uncaught(error: CaughtError<'_>) {
    let Some(error) = unless_the_apps(error) else { return };
    let failure = Failure::caught(error, Status::FunctionError);
    let mut unhandled = unhandled();
    if unhandled.exceptions.len() < MOST {
        unhandled.exceptions.push(Exception { failure, origin: origin() });
    }
}

/// The exception, unless a listener of the app takes care of it; that listener's own when it throws.
fn unless_the_apps(error: CaughtError<'_>) -> Option<CaughtError<'_>> {
    let value = match &error {
        CaughtError::Exception(exception) => exception.as_value().clone(),
        CaughtError::Value(value) => value.clone(),
        CaughtError::Error(_) => return Some(error),
    };
    let ctx = value.ctx().clone();
    match laconic_node::handles_exception(&ctx, value).catch(&ctx) {
        Ok(true) => None,
        Ok(false) => Some(error),
        Err(its_own) => Some(its_own),
    }
}

/// The first exception of that request since the last call.
pub fn take_exception(origin: u64) -> Option<Failure> {
    let mut unhandled = unhandled();
    let index = unhandled.exceptions.iter().position(|exception| exception.origin == origin)?;
    Some(unhandled.exceptions.remove(index).failure)
}

/// Writes what stayed unhandled to the log, and forgets it.
pub fn report() {
    let Unhandled { rejections, exceptions } = std::mem::take(&mut *unhandled());
    for Rejection { failure, origin, .. } in rejections {
        write("Unhandled promise rejection", &failure, origin);
    }
    for Exception { failure, origin } in exceptions {
        write("Uncaught exception after its request had ended", &failure, origin);
    }
}

fn write(what: &str, failure: &Failure, origin: u64) {
    if !Level::Error.is_enabled() {
        return;
    }
    let Failure { error_type, message, stack, .. } = failure;
    let headline = format!("{what}: {error_type}: {message}");
    if record::is_json() {
        let mut fields = String::from("\"message\":");
        laconic_json::push_string(&mut fields, &headline);
        fields.push_str(",\"errorType\":");
        laconic_json::push_string(&mut fields, error_type);
        fields.push_str(",\"errorMessage\":");
        laconic_json::push_string(&mut fields, message);
        fields.push_str(",\"stackTrace\":");
        laconic_json::push_strings(&mut fields, stack);
        record::write_json(Level::Error, Stream::Err, origin, &fields);
        return;
    }
    let id = crate::invocation::id_of(origin).map(|id| format!("{id}\t")).unwrap_or_default();
    let lines: String = stack.iter().map(|frame| format!("\n    {frame}")).collect();
    record::write_text(Level::Error, Stream::Err, &format!("{id}{headline}{lines}"));
}

fn unhandled() -> MutexGuard<'static, Unhandled> {
    UNHANDLED.lock().unwrap_or_else(PoisonError::into_inner)
}
