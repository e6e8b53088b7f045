//! A connected stream, TCP or Unix, that never blocks.

use std::io;
use std::net::Shutdown;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use socket2::{SockRef, TcpKeepalive};
use tokio::net::{TcpStream, UnixStream};

use crate::event::Event;

/// Most bytes that one read takes: what libuv offers too.
const CHUNK: usize = 64 * 1024;

pub enum Socket {
    Tcp(TcpStream),
    Unix(UnixStream),
}

/// A socket with what JavaScript asked of it.
pub struct Stream {
    socket: Socket,
    is_reading: bool,
    has_ended: bool,
    /// Written by JavaScript, not yet taken by the system.
    pending: Vec<u8>,
    /// How much of `pending` the system has.
    sent: usize,
    wants_shutdown: bool,
    failed: bool,
}

impl From<Socket> for Stream {
    fn from(socket: Socket) -> Stream {
        Stream {
            socket,
            is_reading: false,
            has_ended: false,
            pending: Vec::new(),
            sent: 0,
            wants_shutdown: false,
            failed: false,
        }
    }
}

impl Socket {
    fn poll_read_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Socket::Tcp(tcp) => tcp.poll_read_ready(cx),
            Socket::Unix(unix) => unix.poll_read_ready(cx),
        }
    }

    fn poll_write_ready(&self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self {
            Socket::Tcp(tcp) => tcp.poll_write_ready(cx),
            Socket::Unix(unix) => unix.poll_write_ready(cx),
        }
    }

    fn try_read(&self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Socket::Tcp(tcp) => tcp.try_read(buffer),
            Socket::Unix(unix) => unix.try_read(buffer),
        }
    }

    fn try_write(&self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Socket::Tcp(tcp) => tcp.try_write(bytes),
            Socket::Unix(unix) => unix.try_write(bytes),
        }
    }

    pub fn options(&self) -> SockRef<'_> {
        match self {
            Socket::Tcp(tcp) => SockRef::from(tcp),
            Socket::Unix(unix) => SockRef::from(unix),
        }
    }
}

impl Stream {
    pub fn socket(&self) -> &Socket {
        &self.socket
    }

    pub fn set_reading(&mut self, reading: bool) {
        self.is_reading = reading;
    }

    /// Whether something is going on that will be reported.
    pub fn is_active(&self) -> bool {
        !self.failed && (self.is_reading && !self.has_ended || self.is_writing())
    }

    fn is_writing(&self) -> bool {
        !self.pending.is_empty() || self.wants_shutdown
    }

    /// Gives the bytes to the system, and keeps what it does not take at once. Returns whether it
    /// took all; otherwise a `Drain` follows.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<bool> {
        let mut taken = 0;
        while self.pending.is_empty() && taken < bytes.len() {
            match self.socket.try_write(&bytes[taken..]) {
                Ok(count) => taken += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => break,
                Err(error) => return Err(error),
            }
        }
        self.pending.extend_from_slice(&bytes[taken..]);
        Ok(self.pending.is_empty())
    }

    /// Shuts the write side down once all is sent; `Shutdown` reports it.
    pub fn shutdown(&mut self) {
        self.wants_shutdown = true;
    }

    /// Closes with a reset instead of an end.
    pub fn reset(&self) {
        // A socket that is gone already needs no reset.
        let _ = self.socket.options().set_linger(Some(Duration::ZERO));
    }

    pub fn set_no_delay(&self, no_delay: bool) -> io::Result<()> {
        match &self.socket {
            Socket::Tcp(tcp) => tcp.set_nodelay(no_delay),
            Socket::Unix(_) => Ok(()),
        }
    }

    pub fn set_keep_alive(&self, delay: Option<Duration>) -> io::Result<()> {
        let Socket::Tcp(tcp) = &self.socket else { return Ok(()) };
        let options = SockRef::from(tcp);
        options.set_keepalive(delay.is_some())?;
        match delay {
            Some(delay) if !delay.is_zero() => {
                options.set_tcp_keepalive(&TcpKeepalive::new().with_time(delay))
            }
            _ => Ok(()),
        }
    }

    /// Moves what can move. At most one chunk is read: JavaScript sees it before the next, and may
    /// have had enough.
    pub fn poll(&mut self, cx: &mut Context<'_>, report: &mut impl FnMut(Event)) {
        if self.failed {
            return;
        }
        if self.is_writing() {
            match self.poll_send(cx) {
                Poll::Ready(Ok(())) if self.wants_shutdown => self.finish_shutdown(report),
                Poll::Ready(Ok(())) => report(Event::Drain),
                Poll::Ready(Err(error)) => self.fail("write", &error, report),
                Poll::Pending => {}
            }
        }
        if self.is_reading && !self.has_ended && !self.failed {
            match self.poll_receive(cx) {
                Poll::Ready(Ok(bytes)) if bytes.is_empty() => {
                    self.has_ended = true;
                    report(Event::End);
                }
                Poll::Ready(Ok(bytes)) => report(Event::Data(bytes)),
                Poll::Ready(Err(error)) => self.fail("read", &error, report),
                Poll::Pending => {}
            }
        }
    }

    fn finish_shutdown(&mut self, report: &mut impl FnMut(Event)) {
        self.wants_shutdown = false;
        match self.socket.options().shutdown(Shutdown::Write) {
            Ok(()) => report(Event::Shutdown),
            Err(error) => report(Event::failed("shutdown", &error)),
        }
    }

    fn fail(&mut self, operation: &'static str, error: &io::Error, report: &mut impl FnMut(Event)) {
        self.failed = true;
        report(Event::failed(operation, error));
    }

    fn poll_send(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.sent < self.pending.len() {
            ready!(self.socket.poll_write_ready(cx))?;
            match self.socket.try_write(&self.pending[self.sent..]) {
                Ok(count) => self.sent += count,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
        self.pending = Vec::new();
        self.sent = 0;
        Poll::Ready(Ok(()))
    }

    fn poll_receive(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Vec<u8>>> {
        loop {
            ready!(self.socket.poll_read_ready(cx))?;
            let mut chunk = vec![0; CHUNK];
            match self.socket.try_read(&mut chunk) {
                Ok(count) => {
                    chunk.truncate(count);
                    // A few bytes must not hold on to a whole chunk.
                    chunk.shrink_to_fit();
                    return Poll::Ready(Ok(chunk));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}
