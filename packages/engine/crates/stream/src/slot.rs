//! The sink of the request that runs.

use std::io;
use std::ptr::NonNull;
use std::sync::{Mutex, MutexGuard};

/// Where the bytes of one response go.
pub trait Sink {
    /// Says what the bytes are; once, before the first.
    fn begin(&mut self, content_type: &str) -> io::Result<()>;

    /// Sends bytes on; returns when they are on their way.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()>;
}

struct Open(NonNull<dyn Sink>);

// SAFETY: reached through the lock alone, by one thread at a time.
unsafe impl Send for Open {}

static OPEN: Mutex<Option<Open>> = Mutex::new(None);

/// Runs `act` while `sink` takes what JavaScript writes.
pub fn with_sink<R>(sink: &mut dyn Sink, act: impl FnOnce() -> R) -> R {
    struct Closing;
    impl Drop for Closing {
        fn drop(&mut self) {
            *lock() = None;
        }
    }
    // SAFETY: only the lifetime changes. The slot is emptied before this function returns or unwinds, and
    // `sink` is borrowed for as long.
    let erased = unsafe { core::mem::transmute::<&mut dyn Sink, &mut (dyn Sink + 'static)>(sink) };
    *lock() = Some(Open(NonNull::from(erased)));
    let _closing = Closing;
    act()
}

pub fn is_open() -> bool {
    lock().is_some()
}

/// Does something with the open sink.
pub fn with_open<R>(act: impl FnOnce(&mut dyn Sink) -> io::Result<R>) -> io::Result<R> {
    let mut open = lock();
    let sink = open.as_mut().ok_or_else(|| io::Error::other("no response is open"))?;
    // SAFETY: the pointer was made of a reference that lives as long as it is in the slot, and the lock makes
    // this the only one.
    act(unsafe { sink.0.as_mut() })
}

fn lock() -> MutexGuard<'static, Option<Open>> {
    OPEN.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
