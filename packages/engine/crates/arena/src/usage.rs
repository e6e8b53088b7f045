//! How much of the arena is handed out.

use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::table::UNIT;

static UNITS: AtomicUsize = AtomicUsize::new(0);

/// Notes that `length` units were handed out.
pub fn claimed(length: u32) {
    UNITS.fetch_add(length as usize, Relaxed);
}

/// Notes that `length` units came back.
pub fn released(length: u32) {
    UNITS.fetch_sub(length as usize, Relaxed);
}

/// Bytes in units that hold at least one block: what the blocks take, and the room beside them.
pub fn bytes() -> usize {
    UNITS.load(Relaxed) * UNIT
}
