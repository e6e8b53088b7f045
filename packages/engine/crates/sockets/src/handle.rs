//! One handle: what it is at the moment, and how it moves on.

use std::io;
use std::mem;
use std::task::{Context, Poll};

use tokio::net::{TcpListener, UdpSocket};

use crate::connect::Opening;
use crate::event::Event;
use crate::lookup::Lookup;
use crate::stream::{Socket, Stream};

/// Largest datagram that DNS may send without more ado.
const LARGEST_DATAGRAM: usize = 65_535;

pub enum Resource {
    Connecting(Opening<Socket>),
    Stream(Stream),
    Binding(Opening<TcpListener>),
    Listener(TcpListener),
    OpeningDatagrams(Opening<UdpSocket>),
    Datagrams(UdpSocket),
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
            Resource::Stream(stream) => stream.poll(cx, report),
            Resource::Listener(listener) => {
                while let Poll::Ready(accepted) = listener.poll_accept(cx) {
                    match accepted {
                        Ok((stream, _)) => accept(Socket::Tcp(stream).into()),
                        Err(error) => return report(Event::failed("accept", &error)),
                    }
                }
            }
            Resource::Datagrams(socket) => poll_datagram(socket, cx, report),
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

fn poll_datagram(socket: &UdpSocket, cx: &mut Context<'_>, report: &mut impl FnMut(Event)) {
    while let Poll::Ready(ready) = socket.poll_recv_ready(cx) {
        let mut datagram = vec![0; LARGEST_DATAGRAM];
        match ready.and_then(|()| socket.try_recv(&mut datagram)) {
            Ok(count) => {
                datagram.truncate(count);
                datagram.shrink_to_fit();
                return report(Event::Data(datagram));
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return report(Event::failed("read", &error)),
        }
    }
}
