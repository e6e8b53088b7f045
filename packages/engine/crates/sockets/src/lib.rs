//! Outgoing connections for the engine: the private module `laconic:sockets`, on which the Node
//! built-ins `net`, `tls`, `dns`, `dgram` and the HTTP client are written in JavaScript; and programs that
//! the app starts, which are connections too: `laconic:processes`, for `child_process`.
//!
//! A handle is what libuv calls one: it belongs to the context, reports to one JavaScript function,
//! and can be unreferenced, so that a pooled connection keeps no request waiting. Nothing here
//! touches the system before the event loop polls; TLS does no I/O at all: bytes go in and come out.

mod blocking;
mod child;
mod connect;
mod datagram_calls;
mod datagrams;
mod event;
mod handle;
mod link;
mod lookup;
mod module;
mod parting;
mod processes;
mod stream;
mod table;
mod tls;

pub use link::{dispatch, is_awaited, is_open, part, poll};
pub use module::SocketsModule;
pub use parting::Parting;
pub use processes::ProcessesModule;
