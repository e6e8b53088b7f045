//! Names and addresses, from the system's resolver: getaddrinfo and getnameinfo, which block, on a
//! thread of tokio's.

use core::ffi::{CStr, c_char, c_int};
use core::mem::{MaybeUninit, zeroed};
use std::ffi::CString;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;

use socket2::SockAddr;

/// What a lookup brings, or libuv's number of the failure.
pub type Lookup = Pin<Box<dyn Future<Output = Result<Vec<String>, i32>>>>;

/// libuv numbers the resolver's errors apart from the system's: -3000 and below.
const UNKNOWN: i32 = -3008;
const RESOLVER_ERRORS: [(c_int, i32); 9] = [
    (libc::EAI_AGAIN, -3001),
    (libc::EAI_BADFLAGS, -3002),
    (libc::EAI_FAIL, -3004),
    (libc::EAI_FAMILY, -3005),
    (libc::EAI_MEMORY, -3006),
    (libc::EAI_NODATA, -3007),
    (libc::EAI_NONAME, UNKNOWN),
    (libc::EAI_SERVICE, -3010),
    (libc::EAI_SOCKTYPE, -3011),
];

/// The addresses of `name`; `family` is 0, 4 or 6, `flags` are getaddrinfo's.
pub fn addresses(name: String, family: u8, flags: i32) -> Lookup {
    on_a_thread(move || get_addresses(&name, family, flags))
}

/// The host's and the service's name of an address.
pub fn names(address: SocketAddr) -> Lookup {
    on_a_thread(move || get_names(address))
}

fn on_a_thread(look_up: impl FnOnce() -> Result<Vec<String>, i32> + Send + 'static) -> Lookup {
    Box::pin(async { tokio::task::spawn_blocking(look_up).await.unwrap_or(Err(-libc::EIO)) })
}

fn get_addresses(name: &str, family: u8, flags: i32) -> Result<Vec<String>, i32> {
    let name = CString::new(name).map_err(|_| UNKNOWN)?;
    // SAFETY: all zeroes is a valid addrinfo without pointers.
    let mut hints: libc::addrinfo = unsafe { zeroed() };
    hints.ai_socktype = libc::SOCK_STREAM;
    hints.ai_flags = flags;
    hints.ai_family = match family {
        4 => libc::AF_INET,
        6 => libc::AF_INET6,
        _ => libc::AF_UNSPEC,
    };
    let mut list = core::ptr::null_mut();
    // SAFETY: the name is NUL-terminated, the hints are initialised; the list is only read when 0 is returned.
    let status = unsafe { libc::getaddrinfo(name.as_ptr(), core::ptr::null(), &hints, &mut list) };
    if status != 0 {
        return Err(number(status));
    }
    let mut found = Vec::new();
    let mut entry = list;
    // SAFETY: the resolver's list is linked and valid until freed, once, below.
    unsafe {
        while let Some(info) = entry.as_ref() {
            found.extend(address_of(info).map(|address| address.to_string()));
            entry = info.ai_next;
        }
        libc::freeaddrinfo(list);
    }
    found.dedup();
    if found.is_empty() { Err(UNKNOWN) } else { Ok(found) }
}

/// # Safety
/// `info` is an entry of getaddrinfo's list.
unsafe fn address_of(info: &libc::addrinfo) -> Option<IpAddr> {
    // SAFETY: ai_addr has ai_addrlen bytes, of the family's kind.
    let ((), address) = unsafe {
        SockAddr::try_init(|storage, length| {
            core::ptr::copy_nonoverlapping(
                info.ai_addr.cast::<u8>(),
                storage.cast(),
                info.ai_addrlen as usize,
            );
            *length = info.ai_addrlen;
            Ok(())
        })
    }
    .ok()?;
    address.as_socket().map(|socket| socket.ip())
}

fn get_names(address: SocketAddr) -> Result<Vec<String>, i32> {
    let address = SockAddr::from(address);
    let mut host = [MaybeUninit::<c_char>::zeroed(); 1025];
    let mut service = [MaybeUninit::<c_char>::zeroed(); 32];
    // SAFETY: the address and both buffers are valid for the lengths that are passed.
    let status = unsafe {
        libc::getnameinfo(
            address.as_ptr().cast(),
            address.len(),
            host.as_mut_ptr().cast(),
            host.len() as u32,
            service.as_mut_ptr().cast(),
            service.len() as u32,
            libc::NI_NAMEREQD,
        )
    };
    if status != 0 {
        return Err(number(status));
    }
    // SAFETY: both are NUL-terminated within their buffers, which were zeroed.
    let text = |buffer: *const c_char| unsafe { CStr::from_ptr(buffer) }.to_string_lossy().into_owned();
    Ok(vec![text(host.as_ptr().cast()), text(service.as_ptr().cast())])
}

fn number(status: c_int) -> i32 {
    if status == libc::EAI_SYSTEM {
        return -std::io::Error::last_os_error().raw_os_error().unwrap_or(libc::EIO);
    }
    RESOLVER_ERRORS.iter().find(|(code, _)| *code == status).map_or(UNKNOWN, |(_, number)| *number)
}
