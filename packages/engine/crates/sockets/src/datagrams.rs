//! UDP sockets: `dgram`'s, and the one that asks name servers.

use std::io;
use std::mem::MaybeUninit;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::task::{Context, Poll};

use socket2::{Domain, Protocol, SockAddr, SockRef, Socket, Type};
use tokio::net::UdpSocket;

use crate::connect::Opening;
use crate::event::Event;

/// Largest datagram that there is.
const LARGEST: usize = 65_535;

/// How a socket is bound.
#[derive(Clone, Copy)]
pub struct Binding {
    pub local: SocketAddr,
    pub reuses_address: bool,
    pub reuses_port: bool,
    pub is_v6_only: bool,
}

/// A socket at an address of this machine, which hears from anybody.
pub fn bind(binding: Binding) -> Opening<UdpSocket> {
    Box::pin(async move {
        let domain = Domain::for_address(binding.local);
        let socket = Socket::new(domain, Type::DGRAM.nonblocking().cloexec(), Some(Protocol::UDP))?;
        if binding.reuses_address {
            socket.set_reuse_address(true)?;
        }
        if binding.reuses_port {
            socket.set_reuse_port(true)?;
        }
        if binding.is_v6_only {
            socket.set_only_v6(true)?;
        }
        socket.bind(&binding.local.into())?;
        UdpSocket::from_std(socket.into())
    })
}

/// A socket that talks to `remote` alone.
pub fn connect(remote: SocketAddr) -> Opening<UdpSocket> {
    Box::pin(async move {
        let any: SocketAddr = match remote.ip() {
            IpAddr::V4(_) => ([0, 0, 0, 0], 0).into(),
            IpAddr::V6(_) => ([0u16; 8], 0).into(),
        };
        let socket = UdpSocket::bind(any).await?;
        socket.connect(remote).await?;
        Ok(socket)
    })
}

/// Reports what has come, one datagram a turn.
pub fn poll(socket: &UdpSocket, cx: &mut Context<'_>, report: &mut impl FnMut(Event)) {
    while let Poll::Ready(ready) = socket.poll_recv_ready(cx) {
        let mut datagram = vec![0; LARGEST];
        match ready.and_then(|()| socket.try_recv_from(&mut datagram)) {
            Ok((count, sender)) => {
                datagram.truncate(count);
                datagram.shrink_to_fit();
                return report(Event::Datagram(datagram, sender));
            }
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            Err(error) => return report(Event::failed("read", &error)),
        }
    }
}

/// Sends at once. Past tokio, which takes a socket for blocked until it has waited for it once.
pub fn send(socket: &UdpSocket, bytes: &[u8], to: Option<SocketAddr>) -> io::Result<usize> {
    match to {
        None => SockRef::from(socket).send(bytes),
        Some(to) => SockRef::from(socket).send_to(bytes, &to.into()),
    }
}

/// Talks to `remote` alone from now on, or to anybody again.
pub fn set_remote(socket: &UdpSocket, remote: Option<SocketAddr>) -> io::Result<()> {
    let socket = SockRef::from(socket);
    match remote {
        Some(remote) => socket.connect(&remote.into()),
        None => {
            // SAFETY: all zeroes is an address, of no family: that ends the connection.
            let (_, nowhere) = unsafe {
                SockAddr::try_init(|storage, length| {
                    *storage.cast::<MaybeUninit<libc::sockaddr_storage>>() = MaybeUninit::zeroed();
                    *length = size_of::<libc::sockaddr>() as libc::socklen_t;
                    Ok(())
                })?
            };
            socket.connect(&nowhere)
        }
    }
}

/// Sets one of the options that JavaScript knows by name; `None` when there is no such option.
pub fn set_option(socket: &UdpSocket, name: &str, value: u32) -> Option<io::Result<()>> {
    let is_v4 = socket.local_addr().is_ok_and(|local| local.is_ipv4());
    let options = SockRef::from(socket);
    Some(match (name, is_v4) {
        ("broadcast", _) => options.set_broadcast(value != 0),
        ("ttl", true) => options.set_ttl_v4(value),
        ("ttl", false) => options.set_unicast_hops_v6(value),
        ("multicastTtl", true) => options.set_multicast_ttl_v4(value),
        ("multicastTtl", false) => options.set_multicast_hops_v6(value),
        ("multicastLoopback", true) => options.set_multicast_loop_v4(value != 0),
        ("multicastLoopback", false) => options.set_multicast_loop_v6(value != 0),
        ("receiveBuffer", _) => options.set_recv_buffer_size(value as usize),
        ("sendBuffer", _) => options.set_send_buffer_size(value as usize),
        _ => return None,
    })
}

/// Bytes that the system keeps for the socket.
pub fn buffer_size(socket: &UdpSocket, is_receiving: bool) -> io::Result<usize> {
    let options = SockRef::from(socket);
    if is_receiving { options.recv_buffer_size() } else { options.send_buffer_size() }
}

/// Which of the machine's links group traffic goes out by.
pub fn set_interface(socket: &UdpSocket, address: &str) -> io::Result<()> {
    let options = SockRef::from(socket);
    match address.parse::<Ipv4Addr>() {
        Ok(address) => options.set_multicast_if_v4(&address),
        Err(_) => options.set_multicast_if_v6(link_index(Some(address))?),
    }
}

/// Joins or leaves a group, on one of the machine's links.
pub fn set_member(socket: &UdpSocket, group: IpAddr, link: Option<&str>, joins: bool) -> io::Result<()> {
    let options = SockRef::from(socket);
    match group {
        IpAddr::V4(group) => {
            let link = link.map_or(Ok(Ipv4Addr::UNSPECIFIED), |link| link.parse().map_err(|_| invalid()))?;
            match joins {
                true => options.join_multicast_v4(&group, &link),
                false => options.leave_multicast_v4(&group, &link),
            }
        }
        IpAddr::V6(group) => {
            let index = link_index(link)?;
            match joins {
                true => options.join_multicast_v6(&group, index),
                false => options.leave_multicast_v6(&group, index),
            }
        }
    }
}

/// Joins or leaves what one sender sends to a group (IPv4).
pub fn set_source_member(
    socket: &UdpSocket,
    [source, group]: [Ipv4Addr; 2],
    link: Option<&str>,
    joins: bool,
) -> io::Result<()> {
    let link = link.map_or(Ok(Ipv4Addr::UNSPECIFIED), |link| link.parse().map_err(|_| invalid()))?;
    let options = SockRef::from(socket);
    match joins {
        true => options.join_ssm_v4(&source, &group, &link),
        false => options.leave_ssm_v4(&source, &group, &link),
    }
}

/// The number of the link that an IPv6 address has behind its `%`; 0 is any.
fn link_index(address: Option<&str>) -> io::Result<u32> {
    let Some(address) = address else { return Ok(0) };
    let Some((ip, zone)) = address.split_once('%') else {
        return address.parse::<Ipv6Addr>().map(|_| 0).map_err(|_| invalid());
    };
    ip.parse::<Ipv6Addr>().map_err(|_| invalid())?;
    if let Ok(index) = zone.parse() {
        return Ok(index);
    }
    let name = std::ffi::CString::new(zone).map_err(|_| invalid())?;
    // SAFETY: the name ends with a NUL.
    match unsafe { libc::if_nametoindex(name.as_ptr()) } {
        0 => Err(io::Error::last_os_error()),
        index => Ok(index),
    }
}

fn invalid() -> io::Error {
    io::Error::from_raw_os_error(libc::EINVAL)
}
