//! The wall that no panic passes, in front of every exported function.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use laconic_arena::{Arena, OutOfMemory};
use laconic_engine::{Failure, Payload, Status};

use crate::fork;

/// What a call ends with; `None` when there is nothing to return.
pub type Outcome = Result<Option<Payload>, Failure>;

/// How a call can end that never came to run.
pub enum Ended {
    With(Outcome),
    /// No memory could be reserved at all, not even for an error.
    WithoutMemory,
    /// In a forked process that must not touch the library.
    Torn,
}

/// Runs `body`; a panic becomes a failure. What it leaves half done is behind locks that the next
/// call takes over, and is the engine's own: JavaScript's state is not unwound through.
pub fn protect(body: impl FnOnce() -> Outcome) -> Ended {
    if fork::is_torn() {
        return Ended::Torn;
    }
    if !Arena.is_available() {
        return Ended::WithoutMemory;
    }
    Ended::With(catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| Err(failure(&*panic))))
}

fn failure(panic: &(dyn Any + Send)) -> Failure {
    if panic.is::<OutOfMemory>() {
        return Failure::out_of_memory(Status::FunctionError);
    }
    let message = format!(
        "The engine failed: {}. This is a bug in Laconic; the next request can be served.",
        reason(panic)
    );
    Failure::new(Status::Panic, "EnginePanic", message)
}

fn reason(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("for no reason it gave")
}
