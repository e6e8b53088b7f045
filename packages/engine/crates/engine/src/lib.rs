//! The Laconic engine: QuickJS-ng with what Node's built-ins need of a host, evaluated from bytecode and
//! called with one function. It knows nothing of TypeScript, Lambda events or HTTP.
//!
//! Its built-in modules and globals come in features, of which a library holds those that its app can
//! reach. [`compile`] turns an ES module into bytecode; [`App::load`] evaluates bytecode once; then
//! [`App::handle`] serves one request after another. A failure at any of these is a [`Failure`],
//! and leaves the app able to serve the next request.

mod app;
pub mod bytecode;
mod clock;
mod compile;
mod console;
mod deadline;
mod environment;
mod error_chain;
mod error_value;
mod event_loop;
mod failure;
mod feature;
mod features;
mod formatter;
mod frames;
mod globals;
mod invocation;
mod linked;
mod log_fields;
pub mod memory;
mod modules;
mod navigator;
mod payload;
mod process;
mod random;
mod reactor;
mod record;
mod rejections;
mod script_memory;
mod signals;
pub mod stack;
mod text;
mod timestamp;
mod vm;

pub use app::{AFTER_RESPONSE, App, Credentials, Request, Startup, WORK_AFTER_RESPONSE};
pub use bytecode::STAMP;
pub use compile::{Extras, compile, quickjs_version};
pub use failure::{Failure, Status};
pub use feature::{BuiltIn, Feature};
pub use features::ALL as FEATURES;
pub use globals::CORE;
pub use payload::Payload;
pub use record::write_all;
