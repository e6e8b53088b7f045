//! A process that was forked after the library was loaded.
//!
//! The child has a copy of the memory and one thread. A lock that another thread of the parent held
//! is never released there, and what it protects may be half changed: then the library refuses. When
//! it was at rest, the child goes on with it as with its own.

use std::sync::Once;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use laconic_arena::Arena;
use laconic_engine::Status;

use crate::library;

static STATE: AtomicU8 = AtomicU8::new(ORIGINAL);

const ORIGINAL: u8 = 0;
/// Forked while nobody was inside; the app has not been told yet.
const COPIED: u8 = 1;
/// Forked while a thread was inside.
const TORN: u8 = 2;

/// Asks the system to be told of forks, once.
pub fn watch() {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        // SAFETY: the handler is a function of this library, which is never unloaded: Rust's
        // thread-local destructors pin it.
        unsafe { libc::pthread_atfork(None, None, Some(in_child)) };
    });
}

/// Runs in the child, before fork returns there: it may only look, not wait.
unsafe extern "C" fn in_child() {
    let at_rest = library::is_at_rest() && Arena.is_at_rest();
    // A child that was refused stays refused in its own children.
    if STATE.load(Relaxed) != TORN {
        STATE.store(if at_rest { COPIED } else { TORN }, Relaxed);
    }
}

/// Whether the library's memory is of no use to this process. Asked before anything is allocated.
pub fn is_torn() -> bool {
    STATE.load(Relaxed) == TORN
}

/// Whether this process is a child whose app has to let go of what it shares with its parent; true once.
pub fn take_copied() -> bool {
    STATE.compare_exchange(COPIED, ORIGINAL, Relaxed, Relaxed).is_ok()
}

/// What a torn library says.
pub const TORN_STATUS: Status = Status::Forked;

/// The same in Lambda's words. A constant, because the child cannot allocate.
pub const TORN_ERROR: &str = "{\"errorType\":\"ForkedWhileBusy\",\"errorMessage\":\"This process was forked while \
another thread was inside the library, which cannot be used in it. Fork before the library is loaded or while no \
request runs, or start the child with exec.\",\"stackTrace\":[]}";
