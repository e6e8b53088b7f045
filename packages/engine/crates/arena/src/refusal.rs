//! What happens when Rust code asks for memory that it cannot have.
//!
//! Rust's default is to abort the process, which is the host's. Here the request is refused by a
//! panic, which the C ABI turns into the failure of one call.

use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// What the panic carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory {
    /// Bytes that were asked for.
    pub size: usize,
}

/// Only requests of this size and above are measured against the limit: smaller ones are what error
/// paths need, and a loop of them is stopped by JavaScript's own limit.
const MEASURED_FROM: usize = 1 << 20;

/// Bytes that the arena may have in use; unlimited until somebody sets it.
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Sets how many bytes may be in use when Rust asks for a large block.
pub fn set_limit(bytes: usize) {
    LIMIT.store(bytes, Relaxed);
}

/// Whether a request of Rust code for `size` bytes beside the `used` ones is refused although there is room.
#[inline]
pub fn refuses(size: usize, used: usize) -> bool {
    size >= MEASURED_FROM && used.saturating_add(size) > LIMIT.load(Relaxed)
}

/// Makes a refused request a panic.
#[cfg(laconic_alloc_error_hook)]
pub fn install() {
    // resume_unwind, because the panic hook would print a message for what the app is told anyway.
    std::alloc::set_alloc_error_hook(|layout| {
        std::panic::resume_unwind(Box::new(OutOfMemory { size: layout.size() }))
    });
}

/// Without the hook, the process aborts.
#[cfg(not(laconic_alloc_error_hook))]
pub fn install() {}
