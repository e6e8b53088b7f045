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

struct Open {
    sink: NonNull<dyn Sink>,
    /// Bytes that it took.
    sent: u64,
}

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
    *lock() = Some(Open { sink: NonNull::from(erased), sent: 0 });
    let _closing = Closing;
    act()
}

pub fn is_open() -> bool {
    lock().is_some()
}

/// Bytes that the response which is open has so far.
pub fn sent() -> u64 {
    lock().as_ref().map_or(0, |open| open.sent)
}

pub fn begin(content_type: &str) -> io::Result<()> {
    with_open(|open| open.sink().begin(content_type))
}

pub fn write(bytes: &[u8]) -> io::Result<()> {
    with_open(|open| {
        open.sink().write(bytes)?;
        open.sent += bytes.len() as u64;
        Ok(())
    })
}

impl Open {
    fn sink(&mut self) -> &mut dyn Sink {
        // SAFETY: the pointer was made of a reference that lives as long as it is in the slot, and the lock makes
        // this the only one.
        unsafe { self.sink.as_mut() }
    }
}

fn with_open(act: impl FnOnce(&mut Open) -> io::Result<()>) -> io::Result<()> {
    act(lock().as_mut().ok_or_else(|| io::Error::other("no response is open"))?)
}

fn lock() -> MutexGuard<'static, Option<Open>> {
    OPEN.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}
