//! What a handle reports to its JavaScript function.

use std::io;
use std::net::SocketAddr;

use rquickjs::convert::List;
use rquickjs::function::Args;
use rquickjs::{Ctx, IntoJs, Result, TypedArray, Value};

/// An event, passed as `listener(kind, value)`. JavaScript knows the kinds by their names.
#[derive(Debug)]
pub enum Event {
    /// The connection is made, or the handle is ready otherwise.
    Open,
    Data(Vec<u8>),
    /// A datagram, and who sent it.
    Datagram(Vec<u8>, SocketAddr),
    /// A program ended: its code, or the signal that ended it.
    Exit(i32, i32),
    /// The peer sends no more.
    End,
    /// All that was written lies with the system.
    Drain,
    /// The write side is shut down.
    Shutdown,
    /// A server accepted a connection: the number of its handle.
    Connection(u64),
    /// Addresses that a name has, in the system's order.
    Addresses(Vec<String>),
    /// The host and the service that an address has.
    Names(Vec<String>),
    /// Opening, reading, writing or looking up failed: the system's number, negative as in libuv.
    Failed(&'static str, i32),
    /// The handle is gone; nothing follows.
    Close,
}

impl Event {
    /// An operation's failure; what the system did not number is an I/O error.
    pub fn failed(operation: &'static str, error: &io::Error) -> Event {
        Event::Failed(operation, -error.raw_os_error().unwrap_or(libc::EIO))
    }

    pub fn into_arguments<'js>(self, ctx: &Ctx<'js>) -> Result<Args<'js>> {
        let (kind, value): (&str, Option<Value<'js>>) = match self {
            Event::Open => ("open", None),
            Event::Data(bytes) => ("data", Some(TypedArray::<u8>::new(ctx.clone(), bytes)?.into_value())),
            Event::Datagram(bytes, sender) => {
                let address = sender.ip().to_string();
                let zone = match sender {
                    SocketAddr::V6(sender) => sender.scope_id(),
                    SocketAddr::V4(_) => 0,
                };
                let bytes = TypedArray::<u8>::new(ctx.clone(), bytes)?;
                ("datagram", Some(List((bytes, address, sender.port(), zone)).into_js(ctx)?))
            }
            Event::Exit(code, signal) => ("exit", Some(List((code, signal)).into_js(ctx)?)),
            Event::End => ("end", None),
            Event::Drain => ("drain", None),
            Event::Shutdown => ("shutdown", None),
            Event::Connection(id) => ("connection", Some((id as f64).into_js(ctx)?)),
            Event::Addresses(addresses) => ("addresses", Some(addresses.into_js(ctx)?)),
            Event::Names(names) => ("names", Some(names.into_js(ctx)?)),
            Event::Failed(operation, errno) => (operation, Some(errno.into_js(ctx)?)),
            Event::Close => ("close", None),
        };
        let mut arguments = Args::new(ctx.clone(), 2);
        arguments.push_arg(kind)?;
        arguments.push_arg(value)?;
        Ok(arguments)
    }
}
