//! Timers: `setTimeout` and its siblings.
//!
//! A timer is an entry in a queue that belongs to the context, and the engine's event loop asks for the next one: a
//! pending timer needs no tokio runtime, and a callback that throws stops no other.

mod globals;
mod origin;
mod queue;
mod timeout;

pub use globals::init;
pub use origin::{OnBehalfOf, origin, set_origin};
pub use queue::{Schedule, add, is_awaited, next_deadline, remove_of, run_due};
