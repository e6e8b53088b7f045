//! One handle: what it is at the moment, and how it moves on.

use std::io;
use std::mem;
use std::task::{Context, Poll};

use tokio::net::{TcpListener, UdpSocket};

use crate::child::Exit;
use crate::connect::Opening;
use crate::datagrams;
use crate::event::Event;
use crate::lookup::Lookup;
use crate::stream::{Socket, Stream};

pub enum Resource {
    Connecting(Opening<Socket>),
    Stream(Stream),
    Binding(Opening<TcpListener>),
    Listener(TcpListener),
    OpeningDatagrams(Opening<UdpSocket>),
    BindingDatagrams(Opening<UdpSocket>),
    Datagrams(UdpSocket),
    /// A program.
    Running(Exit),
    /// Addresses of a name.
    LookingUp(Lookup),
    /// Names of an address.
    NamingAddress(Lookup),
    /// It failed, or its work is done; JavaScript has yet to close it.
    Spent,
}

impl Resource {
    /// Whether something is going on that will be reported.
    pub fn is_active(&self) -> bool {
        match self {
            Resource::Stream(stream) => stream.is_active(),
            Resource::Spent => false,
            _ => true,
        }
    }

    /// Moves on as far as possible without waiting. A server's new connections go to `accept`.
    pub fn poll(
        &mut self,
        cx: &mut Context<'_>,
        report: &mut impl FnMut(Event),
        accept: &mut impl FnMut(Stream),
    ) {
        match self {
            Resource::Connecting(opening) => {
                let opened = opening.as_mut().poll(cx);
                self.opened(opened, "connect", |socket| Resource::Stream(socket.into()), report);
            }
            Resource::Binding(opening) => {
                let opened = opening.as_mut().poll(cx);
                self.opened(opened, "listen", Resource::Listener, report);
            }
            Resource::OpeningDatagrams(opening) => {
                let opened = opening.as_mut().poll(cx);
                self.opened(opened, "connect", Resource::Datagrams, report);
            }
            Resource::BindingDatagrams(opening) => {
                let opened = opening.as_mut().poll(cx);
                self.opened(opened, "bind", Resource::Datagrams, report);
            }
            Resource::Running(exit) => {
                if exit.poll(cx, report) {
                    *self = Resource::Spent;
                }
            }
            Resource::Stream(stream) => stream.poll(cx, report),
            Resource::Listener(listener) => {
                while let Poll::Ready(accepted) = listener.poll_accept(cx) {
                    match accepted {
                        Ok((stream, _)) => accept(Socket::Tcp(stream).into()),
                        Err(error) => return report(Event::failed("accept", &error)),
                    }
                }
            }
            Resource::Datagrams(socket) => datagrams::poll(socket, cx, report),
            Resource::LookingUp(lookup) => {
                if let Poll::Ready(found) = lookup.as_mut().poll(cx) {
                    report(found.map_or_else(|errno| Event::Failed("lookup", errno), Event::Addresses));
                    *self = Resource::Spent;
                }
            }
            Resource::NamingAddress(lookup) => {
                if let Poll::Ready(found) = lookup.as_mut().poll(cx) {
                    report(found.map_or_else(|errno| Event::Failed("lookup", errno), Event::Names));
                    *self = Resource::Spent;
                }
            }
            Resource::Spent => {}
        }
    }

    fn opened<T>(
        &mut self,
        opened: Poll<io::Result<T>>,
        operation: &'static str,
        become_resource: impl FnOnce(T) -> Resource,
        report: &mut impl FnMut(Event),
    ) {
        match opened {
            Poll::Pending => {}
            Poll::Ready(Ok(resource)) => {
                *self = become_resource(resource);
                report(Event::Open);
            }
            Poll::Ready(Err(error)) => {
                drop(mem::replace(self, Resource::Spent));
                report(Event::failed(operation, &error));
            }
        }
    }
}
