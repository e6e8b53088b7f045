//! The private module `laconic:sockets`.
//!
//! Handles are numbers. A function that opens one takes the listener that hears its events; one that
//! acts on a handle which is closed does nothing, as in libuv. System errors come back as libuv's
//! negative numbers.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use laconic_quickjs::bytes::present_bytes;
use rquickjs::class::JsClass;
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::Opt;
use rquickjs::{Ctx, Exception, Function, Object, Result, TypedArray, Value};
use socket2::SockAddr;

use crate::handle::Resource;
use crate::stream::Stream;
use crate::table::{Handle, with_table};
use crate::tls::{SecureContext, TlsSession, describe_certificate};
use crate::{connect, datagram_calls, datagrams, link, lookup};

/// The module; its declarations for TypeScript lie beside the built-ins that use it.
pub struct SocketsModule;

type Define = for<'js> fn(&Ctx<'js>) -> Result<Value<'js>>;

/// Every export and what makes it.
const EXPORTS: [(&str, Define); 30] = [
    ("connectTcp", |ctx| function(ctx, Function::new(ctx.clone(), connect_tcp))),
    ("connectUnix", |ctx| function(ctx, Function::new(ctx.clone(), connect_unix))),
    ("connectUdp", |ctx| function(ctx, Function::new(ctx.clone(), connect_udp))),
    ("bindUdp", |ctx| function(ctx, Function::new(ctx.clone(), datagram_calls::bind))),
    ("sendTo", |ctx| function(ctx, Function::new(ctx.clone(), datagram_calls::send_to))),
    ("setRemote", |ctx| function(ctx, Function::new(ctx.clone(), datagram_calls::set_remote))),
    ("setDatagramOption", |ctx| function(ctx, Function::new(ctx.clone(), datagram_calls::set_option))),
    ("datagramBufferSize", |ctx| function(ctx, Function::new(ctx.clone(), datagram_calls::buffer_size))),
    ("setMulticastInterface", |ctx| function(ctx, Function::new(ctx.clone(), datagram_calls::set_interface))),
    ("setMember", |ctx| function(ctx, Function::new(ctx.clone(), datagram_calls::set_member))),
    ("setSourceMember", |ctx| function(ctx, Function::new(ctx.clone(), datagram_calls::set_source_member))),
    ("listenTcp", |ctx| function(ctx, Function::new(ctx.clone(), listen_tcp))),
    ("lookup", |ctx| function(ctx, Function::new(ctx.clone(), look_up))),
    ("lookupService", |ctx| function(ctx, Function::new(ctx.clone(), look_up_service))),
    ("listen", |ctx| function(ctx, Function::new(ctx.clone(), set_listener))),
    ("readStart", |ctx| function(ctx, Function::new(ctx.clone(), read_start))),
    ("readStop", |ctx| function(ctx, Function::new(ctx.clone(), read_stop))),
    ("write", |ctx| function(ctx, Function::new(ctx.clone(), write))),
    ("shutdown", |ctx| function(ctx, Function::new(ctx.clone(), shutdown))),
    ("close", |ctx| function(ctx, Function::new(ctx.clone(), close))),
    ("reset", |ctx| function(ctx, Function::new(ctx.clone(), reset))),
    ("setReferenced", |ctx| function(ctx, Function::new(ctx.clone(), set_referenced))),
    ("setNoDelay", |ctx| function(ctx, Function::new(ctx.clone(), set_no_delay))),
    ("setKeepAlive", |ctx| function(ctx, Function::new(ctx.clone(), set_keep_alive))),
    ("localAddress", |ctx| function(ctx, Function::new(ctx.clone(), local_address))),
    ("remoteAddress", |ctx| function(ctx, Function::new(ctx.clone(), remote_address))),
    ("describeCertificate", |ctx| function(ctx, Function::new(ctx.clone(), describe_certificate))),
    ("readConfiguration", |ctx| function(ctx, Function::new(ctx.clone(), read_configuration))),
    ("SecureContext", |ctx| constructor::<SecureContext>(ctx)),
    ("TlsSession", |ctx| constructor::<TlsSession>(ctx)),
];

fn function<'js>(_: &Ctx<'js>, made: Result<Function<'js>>) -> Result<Value<'js>> {
    made.map(Function::into_value)
}

fn constructor<'js, C: JsClass<'js>>(ctx: &Ctx<'js>) -> Result<Value<'js>> {
    rquickjs::Class::<C>::create_constructor(ctx)?
        .map(|constructor| constructor.into_value())
        .ok_or_else(|| Exception::throw_internal(ctx, "a class of laconic:sockets has no constructor"))
}

impl ModuleDef for SocketsModule {
    fn declare(declare: &Declarations) -> Result<()> {
        for (name, _) in EXPORTS {
            declare.declare(name)?;
        }
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        link::install();
        // Made now: later may be in the midst of a call that lets no user data be stored.
        with_table(ctx, |_| ())?;
        for (name, define) in EXPORTS {
            exports.export(name, define(ctx)?)?;
        }
        Ok(())
    }
}

pub fn open<'js>(ctx: &Ctx<'js>, resource: Resource, listener: Function<'js>) -> Result<f64> {
    with_table(ctx, |table| table.insert(resource, Some(listener)) as f64)
}

/// `connectTcp(address, port, localAddress, localPort, listener)`; addresses are IP addresses.
fn connect_tcp<'js>(
    ctx: Ctx<'js>,
    address: String,
    port: u16,
    local_address: Option<String>,
    local_port: u16,
    listener: Function<'js>,
) -> Result<f64> {
    let remote = socket_address(&ctx, &address, port)?;
    let local = match local_address {
        Some(local) => Some(socket_address(&ctx, &local, local_port)?),
        None if local_port != 0 => {
            let any = if remote.is_ipv4() { "0.0.0.0" } else { "::" };
            Some(socket_address(&ctx, any, local_port)?)
        }
        None => None,
    };
    open(&ctx, Resource::Connecting(connect::tcp(remote, local)), listener)
}

fn connect_unix<'js>(ctx: Ctx<'js>, path: String, listener: Function<'js>) -> Result<f64> {
    open(&ctx, Resource::Connecting(connect::unix(path.into())), listener)
}

fn connect_udp<'js>(ctx: Ctx<'js>, address: String, port: u16, listener: Function<'js>) -> Result<f64> {
    let remote = socket_address(&ctx, &address, port)?;
    open(&ctx, Resource::OpeningDatagrams(datagrams::connect(remote)), listener)
}

fn listen_tcp<'js>(
    ctx: Ctx<'js>,
    address: String,
    port: u16,
    backlog: u32,
    listener: Function<'js>,
) -> Result<f64> {
    let local = socket_address(&ctx, &address, port)?;
    open(&ctx, Resource::Binding(connect::listen(local, backlog)), listener)
}

/// `lookup(name, family, flags, listener)`
fn look_up<'js>(ctx: Ctx<'js>, name: String, family: u8, flags: i32, listener: Function<'js>) -> Result<f64> {
    open(&ctx, Resource::LookingUp(lookup::addresses(name, family, flags)), listener)
}

fn look_up_service<'js>(ctx: Ctx<'js>, address: String, port: u16, listener: Function<'js>) -> Result<f64> {
    let address = socket_address(&ctx, &address, port)?;
    open(&ctx, Resource::NamingAddress(lookup::names(address)), listener)
}

pub fn socket_address(ctx: &Ctx<'_>, address: &str, port: u16) -> Result<SocketAddr> {
    // A zone says which link a link-local address is on; the standard library parses it with a port only.
    let parsed = match address.contains('%') {
        true => format!("[{address}]:{port}").parse().ok(),
        false => address.parse::<IpAddr>().ok().map(|ip| SocketAddr::new(ip, port)),
    };
    parsed.ok_or_else(|| Exception::throw_type(ctx, &format!("\"{address}\" is not an IP address")))
}

/// Gives a connection that a server accepted its listener.
fn set_listener<'js>(ctx: Ctx<'js>, id: f64, listener: Function<'js>) -> Result<()> {
    on_handle(&ctx, id, |handle| handle.listener = Some(listener)).map(drop)
}

fn read_start(ctx: Ctx<'_>, id: f64) -> Result<()> {
    on_stream(&ctx, id, |stream| stream.set_reading(true)).map(drop)
}

fn read_stop(ctx: Ctx<'_>, id: f64) -> Result<()> {
    on_stream(&ctx, id, |stream| stream.set_reading(false)).map(drop)
}

/// `write(id, bytes)`: 1 when the system took all of it, 0 when a `drain` event will follow,
/// otherwise the error's number.
fn write<'js>(ctx: Ctx<'js>, id: f64, bytes: TypedArray<'js, u8>) -> Result<i32> {
    // SAFETY: what is not written at once is copied, and no JavaScript runs before.
    let bytes = unsafe { present_bytes(&ctx, &bytes) }?;
    let written = on_handle(&ctx, id, |handle| match &mut handle.resource {
        Resource::Stream(stream) => stream.write(bytes),
        Resource::Datagrams(socket) => datagrams::send(socket, bytes, None).map(|_| true),
        _ => Err(io::Error::from_raw_os_error(libc::ENOTCONN)),
    })?;
    Ok(match written.unwrap_or_else(|| Err(io::Error::from_raw_os_error(libc::EBADF))) {
        Ok(all) => i32::from(all),
        Err(error) => number(&error),
    })
}

fn shutdown(ctx: Ctx<'_>, id: f64) -> Result<()> {
    on_stream(&ctx, id, Stream::shutdown).map(drop)
}

fn close(ctx: Ctx<'_>, id: f64) -> Result<()> {
    // Dropped after the table is let go of: freeing the listener may run a finaliser.
    let closed = with_table(&ctx, |table| table.close(id as u64))?;
    drop(closed);
    Ok(())
}

/// Closes with a reset, so that the peer knows that not everything was read.
fn reset(ctx: Ctx<'_>, id: f64) -> Result<()> {
    on_stream(&ctx, id, |stream| stream.reset())?;
    close(ctx, id)
}

fn set_referenced(ctx: Ctx<'_>, id: f64, referenced: bool) -> Result<()> {
    on_handle(&ctx, id, |handle| handle.referenced = referenced).map(drop)
}

fn set_no_delay(ctx: Ctx<'_>, id: f64, no_delay: bool) -> Result<i32> {
    let set = on_stream(&ctx, id, |stream| stream.set_no_delay(no_delay))?;
    Ok(set.map_or(0, status))
}

/// `setKeepAlive(id, enabled, delayMilliseconds)`
fn set_keep_alive(ctx: Ctx<'_>, id: f64, enabled: bool, delay: Opt<f64>) -> Result<i32> {
    let delay = enabled.then(|| Duration::from_secs((delay.0.unwrap_or(0.0) / 1000.0) as u64));
    let set = on_stream(&ctx, id, |stream| stream.set_keep_alive(delay))?;
    Ok(set.map_or(0, status))
}

fn local_address<'js>(ctx: Ctx<'js>, id: f64) -> Result<Option<Object<'js>>> {
    let address = on_handle(&ctx, id, |handle| match &handle.resource {
        Resource::Stream(stream) => stream.socket().options().local_addr().ok(),
        Resource::Listener(listener) => listener.local_addr().ok().map(SockAddr::from),
        Resource::Datagrams(socket) => socket.local_addr().ok().map(SockAddr::from),
        _ => None,
    })?;
    describe_address(&ctx, address.flatten())
}

fn remote_address<'js>(ctx: Ctx<'js>, id: f64) -> Result<Option<Object<'js>>> {
    let address = on_handle(&ctx, id, |handle| match &handle.resource {
        Resource::Stream(stream) => stream.socket().options().peer_addr().ok(),
        Resource::Datagrams(socket) => socket.peer_addr().ok().map(SockAddr::from),
        _ => None,
    })?;
    describe_address(&ctx, address.flatten())
}

/// `{ address, port, family }`; a Unix socket has none.
fn describe_address<'js>(ctx: &Ctx<'js>, address: Option<SockAddr>) -> Result<Option<Object<'js>>> {
    let Some(address) = address.and_then(|address| address.as_socket()) else { return Ok(None) };
    let described = Object::new(ctx.clone())?;
    described.set("address", address.ip().to_string())?;
    described.set("family", if address.is_ipv4() { "IPv4" } else { "IPv6" })?;
    described.set("port", address.port())?;
    Ok(Some(described))
}

/// A file that says how the system connects (name servers, certificates); undefined when it cannot be read.
fn read_configuration<'js>(ctx: Ctx<'js>, path: String) -> Result<Option<TypedArray<'js, u8>>> {
    std::fs::read(path).ok().map(|content| TypedArray::new(ctx, content)).transpose()
}

pub fn on_handle<'js, R>(
    ctx: &Ctx<'js>,
    id: f64,
    act: impl FnOnce(&mut Handle<'js>) -> R,
) -> Result<Option<R>> {
    with_table(ctx, |table| table.get(id as u64).map(act))
}

fn on_stream<R>(ctx: &Ctx<'_>, id: f64, act: impl FnOnce(&mut Stream) -> R) -> Result<Option<R>> {
    let acted = on_handle(ctx, id, |handle| match &mut handle.resource {
        Resource::Stream(stream) => Some(act(stream)),
        _ => None,
    })?;
    Ok(acted.flatten())
}

pub fn status(outcome: io::Result<()>) -> i32 {
    outcome.map_or_else(|error| number(&error), |()| 0)
}

pub fn number(error: &io::Error) -> i32 {
    -error.raw_os_error().unwrap_or(libc::EIO)
}
