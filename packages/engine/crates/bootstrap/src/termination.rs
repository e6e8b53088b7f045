//! SIGTERM, by which Lambda says that the sandbox ends.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

static IS_IDLE: AtomicBool = AtomicBool::new(false);
static IS_ASKED: AtomicBool = AtomicBool::new(false);

/// A request that runs is answered first; without one the process ends at once.
pub fn watch() {
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
