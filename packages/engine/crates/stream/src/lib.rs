//! Where a host takes a response while the app still writes it.
//!
//! A host that can, such as the native loop, opens a sink for the length of a request. The dispatcher asks whether one is
//! open and writes to it; with none, responses go out whole.

mod globals;
mod slot;

pub use globals::init;
pub use slot::{Sink, sent, with_sink};
