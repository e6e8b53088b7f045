//! The time since the process began, and `performance`, of which JavaScript makes Node's.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rquickjs::object::Accessor;
use rquickjs::prelude::Func;
use rquickjs::{Ctx, Object, Result};

/// When the process began, in nanoseconds of the clock that never goes back; 0 means not yet.
static ORIGIN: AtomicU64 = AtomicU64::new(0);
/// The same moment in nanoseconds of Unix time.
static UNIX_ORIGIN: AtomicU64 = AtomicU64::new(0);

/// Puts `performance` on the global object, and sets the origin unless an earlier machine has.
pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    if ORIGIN.load(Relaxed) == 0 {
        ORIGIN.store(read(libc::CLOCK_MONOTONIC), Relaxed);
        UNIX_ORIGIN.store(read(libc::CLOCK_REALTIME), Relaxed);
    }
    // A new one: the properties of QuickJS's cannot be changed, and its origin is not Unix time.
    let performance = Object::new(ctx.clone())?;
    performance.set("now", Func::from(|| milliseconds(since_origin())))?;
    let origin = Accessor::new_get(|| milliseconds(UNIX_ORIGIN.load(Relaxed)));
    performance.prop("timeOrigin", origin.enumerable().configurable())?;
    ctx.globals().set("performance", performance)
}

/// Nanoseconds since the process began.
pub fn since_origin() -> u64 {
    read(libc::CLOCK_MONOTONIC).saturating_sub(ORIGIN.load(Relaxed))
}

fn milliseconds(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e6
}

fn read(clock: libc::clockid_t) -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the struct is valid for the write; these clocks exist on every Linux.
    unsafe { libc::clock_gettime(clock, &mut time) };
    time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64
}
