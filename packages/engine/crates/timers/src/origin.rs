//! On whose account JavaScript runs: the request that set a timer is also the one that its callback
//! belongs to, however late it comes.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The number of the request whose code runs now; 0 for the app's own start.
static CURRENT: AtomicU64 = AtomicU64::new(0);

/// The request whose code runs now.
pub fn origin() -> u64 {
    CURRENT.load(Relaxed)
}

/// Says whose code runs from now on, and returns whose it was.
pub fn set_origin(origin: u64) -> u64 {
    CURRENT.swap(origin, Relaxed)
}

/// Makes `origin` the current one until it is dropped.
pub struct OnBehalfOf(u64);

impl OnBehalfOf {
    pub fn of(origin: u64) -> OnBehalfOf {
        OnBehalfOf(set_origin(origin))
    }
}

impl Drop for OnBehalfOf {
    fn drop(&mut self) {
        set_origin(self.0);
    }
}
