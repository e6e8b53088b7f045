//! `laconic:os`: what `node:os`, written in JavaScript, needs of the system.

mod host;
mod interfaces;
mod module;
mod user;

pub use module::OsModule;
