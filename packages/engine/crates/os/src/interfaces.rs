//! The addresses of the machine's network interfaces.

use core::ffi::CStr;
use core::ptr;
use std::collections::HashMap;
use std::net::{Ipv4Addr, Ipv6Addr};

use rquickjs::{Array, Ctx, Exception, Result};

/// One address: `[interface, address, netmask, MAC address, whether it is a loopback, scope]`, the scope -1 for IPv4.
pub fn list<'js>(ctx: Ctx<'js>) -> Result<Vec<Array<'js>>> {
    let mut first = ptr::null_mut();
    // SAFETY: on success the list is ours until it is freed below.
    if unsafe { libc::getifaddrs(&mut first) } != 0 {
        let error = std::io::Error::last_os_error();
        return Err(Exception::throw_message(&ctx, &format!("getifaddrs: {error}")));
    }
    let _list = List(first);
    let cards: HashMap<String, String> =
        running(first).filter_map(|entry| Some((name(entry), mac(entry)?))).collect();
    running(first)
        .filter_map(|entry| Some((entry, Address::of(entry)?)))
        .map(|(entry, address)| {
            let row = Array::new(ctx.clone())?;
            let name = name(entry);
            row.set(3, cards.get(&name).map_or("00:00:00:00:00:00", String::as_str))?;
            row.set(0, name)?;
            row.set(1, address.address)?;
            row.set(2, address.netmask)?;
            row.set(4, entry.ifa_flags & libc::IFF_LOOPBACK as u32 != 0)?;
            row.set(5, address.scope)?;
            Ok(row)
        })
        .collect()
}

/// Frees the system's list.
struct List(*mut libc::ifaddrs);

impl Drop for List {
    fn drop(&mut self) {
        // SAFETY: getifaddrs made it, and nothing refers to it any more.
        unsafe { libc::freeifaddrs(self.0) }
    }
}

/// The entries of interfaces that are in use.
fn running<'a>(first: *mut libc::ifaddrs) -> impl Iterator<Item = &'a libc::ifaddrs> {
    const IN_USE: u32 = (libc::IFF_UP | libc::IFF_RUNNING) as u32;
    let mut next = first;
    core::iter::from_fn(move || {
        // SAFETY: the system's list, which lives as long as the iterator's user keeps it.
        let entry = unsafe { next.as_ref() }?;
        next = entry.ifa_next;
        Some(entry)
    })
    .filter(|entry| entry.ifa_flags & IN_USE == IN_USE && !entry.ifa_addr.is_null())
}

fn name(entry: &libc::ifaddrs) -> String {
    // SAFETY: the name of an entry ends with a zero byte.
    unsafe { CStr::from_ptr(entry.ifa_name) }.to_string_lossy().into_owned()
}

fn family(address: *const libc::sockaddr) -> i32 {
    // SAFETY: every address begins with its family; the caller checks for null.
    i32::from(unsafe { (*address).sa_family })
}

/// The address of the hardware, of an entry that has one.
fn mac(entry: &libc::ifaddrs) -> Option<String> {
    if family(entry.ifa_addr) != libc::AF_PACKET {
        return None;
    }
    // SAFETY: that is the layout of an address of this family.
    let card = unsafe { &*entry.ifa_addr.cast::<libc::sockaddr_ll>() };
    let bytes: Vec<String> = card.sll_addr[..6].iter().map(|byte| format!("{byte:02x}")).collect();
    Some(bytes.join(":"))
}

struct Address {
    address: String,
    netmask: String,
    scope: i32,
}

impl Address {
    /// The IP address of an entry that has one.
    fn of(entry: &libc::ifaddrs) -> Option<Address> {
        if entry.ifa_netmask.is_null() {
            return None;
        }
        match family(entry.ifa_addr) {
            libc::AF_INET => {
                Some(Address { address: v4(entry.ifa_addr), netmask: v4(entry.ifa_netmask), scope: -1 })
            }
            libc::AF_INET6 => {
                let (address, scope) = v6(entry.ifa_addr);
                Some(Address { address, netmask: v6(entry.ifa_netmask).0, scope: scope as i32 })
            }
            _ => None,
        }
    }
}

fn v4(address: *const libc::sockaddr) -> String {
    // SAFETY: the family, or that of the address which it is the mask of, says that this is the layout.
    let address = unsafe { &*address.cast::<libc::sockaddr_in>() };
    Ipv4Addr::from(u32::from_be(address.sin_addr.s_addr)).to_string()
}

fn v6(address: *const libc::sockaddr) -> (String, u32) {
    // SAFETY: as above.
    let address = unsafe { &*address.cast::<libc::sockaddr_in6>() };
    (Ipv6Addr::from(address.sin6_addr.s6_addr).to_string(), address.sin6_scope_id)
}
