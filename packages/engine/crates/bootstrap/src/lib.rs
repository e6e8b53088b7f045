//! Lambda's Runtime API for an app in the same process: the loop of a `bootstrap`.
//!
//! One thread and one connection. An event's bytes go to the app as they come, and its answer's bytes go out as they are;
//! nothing of either is parsed here. A response that the app streams is sent in chunks while its function runs.

mod api;
mod connection;
mod context;
mod credentials;
mod environment;
mod error_type;
mod extension;
mod invocation;
mod run;
mod streaming;
mod termination;

pub use run::{Answer, App, Call, run};
