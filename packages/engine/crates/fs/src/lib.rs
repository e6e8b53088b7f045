//! The engine's private module `laconic:fs`: system calls on files, on which node-compat builds
//! `node:fs`.
//!
//! Every function returns at once with the result, or with a negative number: the system's error
//! number. The files of a function are on local disks, where a call takes microseconds; handing each
//! to another thread would take longer and cost a thread.

mod calls;
mod directory;
mod module;
mod outcome;
mod status;

pub use module::FsModule;
