//! Opening sockets. Each returns a future that does nothing before the event loop polls it.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::pin::Pin;

use tokio::net::{TcpListener, TcpSocket, TcpStream, UnixStream};

use crate::stream::Socket;

/// Something that will be there, or fail.
pub type Opening<T> = Pin<Box<dyn Future<Output = io::Result<T>>>>;

/// Connects to `remote`, from `local` when that is given.
pub fn tcp(remote: SocketAddr, local: Option<SocketAddr>) -> Opening<Socket> {
    Box::pin(async move {
        let stream = match local {
            None => TcpStream::connect(remote).await?,
            Some(local) => {
                let socket = socket_for(&local)?;
                socket.bind(local)?;
                socket.connect(remote).await?
            }
        };
        Ok(Socket::Tcp(stream))
    })
}

/// Connects to the socket at `path`; a leading `@` or NUL is Linux's abstract namespace.
pub fn unix(path: PathBuf) -> Opening<Socket> {
    Box::pin(async move { UnixStream::connect(path).await.map(Socket::Unix) })
}

/// A connection that is there, and of which the event loop does not know yet.
pub fn pair(stream: std::os::unix::net::UnixStream) -> Opening<Socket> {
    Box::pin(async move { UnixStream::from_std(stream).map(Socket::Unix) })
}

/// Listens at `local`.
pub fn listen(local: SocketAddr, backlog: u32) -> Opening<TcpListener> {
    Box::pin(async move {
        let socket = socket_for(&local)?;
        socket.set_reuseaddr(true)?;
        socket.bind(local)?;
        socket.listen(backlog)
    })
}

fn socket_for(address: &SocketAddr) -> io::Result<TcpSocket> {
    if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }
}
