//! What `dgram` asks of its sockets. Each returns 0, or the error's number.

use std::io;
use std::net::{IpAddr, Ipv4Addr};

use laconic_quickjs::bytes::present_bytes;
use rquickjs::convert::List;
use rquickjs::{Ctx, Exception, Function, Result, TypedArray};
use tokio::net::UdpSocket;

use crate::datagrams::{self, Binding};
use crate::handle::Resource;
use crate::module::{number, on_handle, open, socket_address, status};

/// `bindUdp(address, port, [reuses address, reuses port, is for IPv6 only], listener)`
pub fn bind<'js>(
    ctx: Ctx<'js>,
    address: String,
    port: u16,
    List((reuses_address, reuses_port, is_v6_only)): List<(bool, bool, bool)>,
    listener: Function<'js>,
) -> Result<f64> {
    let local = socket_address(&ctx, &address, port)?;
    let binding = Binding { local, reuses_address, reuses_port, is_v6_only };
    open(&ctx, Resource::BindingDatagrams(datagrams::bind(binding)), listener)
}

/// `sendTo(id, bytes, address, port)`: how many bytes went out. Without an address, to whom it is connected.
pub fn send_to<'js>(
    ctx: Ctx<'js>,
    id: f64,
    bytes: TypedArray<'js, u8>,
    address: Option<String>,
    port: u16,
) -> Result<i32> {
    let to = address.map(|address| socket_address(&ctx, &address, port)).transpose()?;
    // SAFETY: nothing of JavaScript's runs before they are sent.
    let bytes = unsafe { present_bytes(&ctx, &bytes) }?;
    let sent = on_socket(&ctx, id, |socket| datagrams::send(socket, bytes, to))?;
    Ok(sent.map_or_else(|error| number(&error), |count| count as i32))
}

/// `setRemote(id, address, port)`; without an address it is connected to nobody.
pub fn set_remote(ctx: Ctx<'_>, id: f64, address: Option<String>, port: u16) -> Result<i32> {
    let remote = address.map(|address| socket_address(&ctx, &address, port)).transpose()?;
    on_socket(&ctx, id, |socket| datagrams::set_remote(socket, remote)).map(status)
}

pub fn set_option(ctx: Ctx<'_>, id: f64, name: String, value: u32) -> Result<i32> {
    let set = on_socket(&ctx, id, |socket| Ok(datagrams::set_option(socket, &name, value)))?;
    match set {
        Ok(Some(outcome)) => Ok(status(outcome)),
        Ok(None) => Err(Exception::throw_type(&ctx, &format!("there is no option \"{name}\""))),
        Err(error) => Ok(number(&error)),
    }
}

pub fn buffer_size(ctx: Ctx<'_>, id: f64, is_receiving: bool) -> Result<i32> {
    let size = on_socket(&ctx, id, |socket| datagrams::buffer_size(socket, is_receiving))?;
    Ok(size.map_or_else(|error| number(&error), |size| size as i32))
}

pub fn set_interface(ctx: Ctx<'_>, id: f64, address: String) -> Result<i32> {
    on_socket(&ctx, id, |socket| datagrams::set_interface(socket, &address)).map(status)
}

/// `setMember(id, group, link, joins)`
pub fn set_member(ctx: Ctx<'_>, id: f64, group: String, link: Option<String>, joins: bool) -> Result<i32> {
    let member = on_socket(&ctx, id, |socket| {
        let group: IpAddr = group.parse().map_err(|_| io::Error::from_raw_os_error(libc::EINVAL))?;
        datagrams::set_member(socket, group, link.as_deref(), joins)
    });
    member.map(status)
}

/// `setSourceMember(id, source, group, link, joins)`
pub fn set_source_member(
    ctx: Ctx<'_>,
    id: f64,
    source: String,
    group: String,
    link: Option<String>,
    joins: bool,
) -> Result<i32> {
    let parse = |text: &str| text.parse::<Ipv4Addr>().map_err(|_| io::Error::from_raw_os_error(libc::EINVAL));
    let member = on_socket(&ctx, id, |socket| {
        datagrams::set_source_member(socket, [parse(&source)?, parse(&group)?], link.as_deref(), joins)
    });
    member.map(status)
}

fn on_socket<R>(
    ctx: &Ctx<'_>,
    id: f64,
    act: impl FnOnce(&UdpSocket) -> io::Result<R>,
) -> Result<io::Result<R>> {
    let acted = on_handle(ctx, id, |handle| match &handle.resource {
        Resource::Datagrams(socket) => Some(act(socket)),
        _ => None,
    })?;
    Ok(acted.flatten().unwrap_or_else(|| Err(io::Error::from_raw_os_error(libc::EBADF))))
}
