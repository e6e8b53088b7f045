//! The wall that no panic passes, in front of every exported function.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use laconic_arena::Arena;
use laconic_engine::{Failure, Payload, Status};

/// What a call ends with; `None` when there is nothing to return.
pub type Outcome = Result<Option<Payload>, Failure>;

/// How a call can end that never came to run.
pub enum Ended {
    With(Outcome),
    /// No memory could be reserved at all, not even for an error.
    WithoutMemory,
}

/// Runs `body`; a panic becomes a failure. What it leaves half done is behind locks that the next
/// call takes over, and is the engine's own: JavaScript's state is not unwound through.
pub fn protect(body: impl FnOnce() -> Outcome) -> Ended {
    if !Arena.is_available() {
        return Ended::WithoutMemory;
    }
    Ended::With(catch_unwind(AssertUnwindSafe(body)).unwrap_or_else(|panic| {
        Err(Failure::new(
            Status::Panic,
            "EnginePanic",
            format!(
                "The engine failed: {}. This is a bug in Laconic; the next request can be served.",
                reason(&*panic)
            ),
        ))
    }))
}

fn reason(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("for no reason it gave")
}
