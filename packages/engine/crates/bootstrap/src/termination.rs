//! Signals: SIGTERM, by which Lambda says that the sandbox ends, and SIGPIPE.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

static IS_IDLE: AtomicBool = AtomicBool::new(false);
static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// A request that runs is answered first; without one the process ends at once. A connection that was closed is an error
/// of what is written to it, not the end of the process: this program does not begin in Rust's own start-up, which sees to
/// that.
pub fn watch() {
    // SAFETY: no handler is installed.
    unsafe { libc::signal(libc::SIGPIPE, libc::SIG_IGN) };
    // SAFETY: the handler does what a handler may: it reads and writes atomics, and ends the process without
    // running anything.
    unsafe { libc::signal(libc::SIGTERM, on_signal as *const () as libc::sighandler_t) };
}

/// Says that nothing is lost when the process ends now, while `act` runs. Returns `None` when it is to end.
pub fn while_idle<R>(act: impl FnOnce() -> R) -> Option<R> {
    IS_IDLE.store(true, Relaxed);
    if IS_ASKED.load(Relaxed) {
        return None;
    }
    let result = act();
    IS_IDLE.store(false, Relaxed);
    Some(result)
}

extern "C" fn on_signal(_: libc::c_int) {
    IS_ASKED.store(true, Relaxed);
    if IS_IDLE.load(Relaxed) {
        // SAFETY: ends the process without running anything.
        unsafe { libc::_exit(0) };
    }
}
