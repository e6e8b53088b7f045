//! What a request cost, as CloudWatch's embedded metric format, and the figures of the process that go into it.

mod line;
pub mod process;

pub use line::{Cold, Declared, Function, Measured, line};
