//! The record of each unit.

use core::cell::Cell;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// Bytes in a unit, the granularity in which the arena is dealt out.
pub const UNIT: usize = 32 * 1024;

/// No unit; ends the lists of spans.
pub const NO_UNIT: u32 = u32::MAX;

/// No block; ends a span's list of free blocks.
pub const NO_BLOCK: u16 = u16::MAX;

/// What a unit is used for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    /// Not in use. Zero, so that a fresh table needs no initialisation.
    Free = 0,
    /// Equal blocks of one size class.
    Span = 1,
    /// The first unit of a large block.
    Run = 2,
    /// Any further unit of a large block.
    Continued = 3,
}

/// One unit's record. All zero means free.
///
/// The kind may be read by whoever looks for free units, so it is atomic. The rest belongs to the
/// unit's owner: a span's to the [`crate::spans::Spans`] that it is in, a run's length to the lock
/// round the units (the block's owner may read it).
#[repr(C)]
pub struct Unit {
    kind: AtomicU8,
    /// Size class of a span.
    pub class: Cell<u8>,
    /// Blocks of a span that are handed out.
    pub live: Cell<u16>,
    /// Blocks of a span that were ever handed out: those after them are untouched pages.
    pub carved: Cell<u16>,
    /// First free block among the carved ones, or [`NO_BLOCK`].
    pub free: Cell<u16>,
    /// Span: next span of the class with room. Run: length in units.
    pub next: Cell<u32>,
    /// Span: previous span of the class with room.
    pub previous: Cell<u32>,
}

impl Unit {
    #[inline]
    pub fn kind(&self) -> Kind {
        match self.kind.load(Relaxed) {
            0 => Kind::Free,
            1 => Kind::Span,
            2 => Kind::Run,
            _ => Kind::Continued,
        }
    }

    #[inline]
    pub fn set_kind(&self, kind: Kind) {
        self.kind.store(kind as u8, Relaxed);
    }
}

/// Where the records and the units lie. Never changes, so it may be copied.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    records: *const Unit,
    first_unit: usize,
    units: u32,
}

// SAFETY: the records lie in the arena, which is never unmapped; who may touch which of their
// fields is said at `Unit`.
unsafe impl Send for Table {}

impl Table {
    /// A table over `[start, end)`, whose bytes are all zero: the records first, then the units.
    pub fn new(start: usize, end: usize) -> Table {
        let records = start.next_multiple_of(align_of::<Unit>());
        let most = (end - records) / (UNIT + size_of::<Unit>());
        let first_unit = (records + most * size_of::<Unit>()).next_multiple_of(UNIT);
        Table { records: records as *const Unit, first_unit, units: ((end - first_unit) / UNIT) as u32 }
    }

    /// Number of units.
    pub fn units(&self) -> u32 {
        self.units
    }

    #[inline]
    pub fn unit_of(&self, block: NonNull<u8>) -> u32 {
        ((block.as_ptr() as usize - self.first_unit) / UNIT) as u32
    }

    #[inline]
    pub fn address_of(&self, index: u32) -> usize {
        self.first_unit + index as usize * UNIT
    }

    #[inline]
    pub fn unit(&self, index: u32) -> &Unit {
        debug_assert!(index < self.units);
        // SAFETY: the table has a record for each unit, zeroed by the mapping; all of a record's
        // fields may be changed through a shared reference.
        unsafe { &*self.records.add(index as usize) }
    }
}
