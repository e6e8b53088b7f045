//! The record of each unit.

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
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Unit {
    pub kind: Kind,
    /// Size class of a span.
    pub class: u8,
    /// Blocks of a span that are handed out.
    pub live: u16,
    /// Blocks of a span that were ever handed out: those after them are untouched pages.
    pub carved: u16,
    /// First free block among the carved ones, or [`NO_BLOCK`].
    pub free: u16,
    /// Span: next span of the class with room. Run: length in units.
    pub next: u32,
    /// Span: previous span of the class with room.
    pub previous: u32,
}
