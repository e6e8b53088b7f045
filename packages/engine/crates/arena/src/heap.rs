//! Blocks of any size, out of spans and units.

use core::ptr::{self, NonNull};

use crate::classes::{SIZES, SMALL_MAX, class_of};
use crate::spans::Spans;
use crate::table::{Kind, Table, UNIT};
use crate::units::{UnitSource, Units};

/// The way to the units: at once for who holds the lock round them, through the lock for the others.
pub trait Access: UnitSource {
    fn with_units<R>(&mut self, act: impl FnOnce(&mut Units) -> R) -> R;
}

impl Access for Units {
    #[inline]
    fn with_units<R>(&mut self, act: impl FnOnce(&mut Units) -> R) -> R {
        act(self)
    }
}

/// One owner's heap: spans of its own, and runs from the units that all heaps share. A block is
/// freed and resized by the heap that it came from.
#[derive(Debug)]
pub struct Heap {
    pub table: Table,
    spans: Spans,
}

impl Heap {
    pub fn new(table: Table) -> Heap {
        Heap { table, spans: Spans::new(table) }
    }

    /// A block of at least `size` bytes at a multiple of `alignment` (a power of two), and whether
    /// its bytes are known to be zero.
    #[inline]
    pub fn allocate(
        &mut self,
        size: usize,
        alignment: usize,
        units: &mut impl Access,
    ) -> Option<(NonNull<u8>, bool)> {
        if alignment <= 16 && size <= SMALL_MAX {
            return Some((self.spans.allocate(class_of(size), units)?, false));
        }
        // Blocks lie at multiples of their size from the start of a unit, so a power of two aligns.
        let block = size.max(alignment).checked_next_power_of_two()?;
        if block <= SMALL_MAX {
            return Some((self.spans.allocate(class_of(block), units)?, false));
        }
        units.with_units(|units| units.allocate_run(size, alignment))
    }

    /// Frees a block.
    ///
    /// # Safety
    /// `block` is a live block of this heap; it is not used afterwards.
    #[inline]
    pub unsafe fn free(&mut self, block: NonNull<u8>, units: &mut impl Access) {
        let index = self.table.unit_of(block);
        if self.table.unit(index).kind() == Kind::Span {
            // SAFETY: the caller's promise, and the record says that the unit is a span.
            unsafe { self.spans.free(index, block, units) }
        } else {
            units.with_units(|units| units.free_run(index));
        }
    }

    /// Gives the block another size, moving it when it must; null, and the block untouched, when
    /// there is no memory.
    ///
    /// # Safety
    /// `block` is a live block of this heap with `alignment`; when the result is not null, only that
    /// is used afterwards.
    pub unsafe fn resize(
        &mut self,
        block: NonNull<u8>,
        size: usize,
        alignment: usize,
        units: &mut impl Access,
    ) -> *mut u8 {
        if self.resize_in_place(block, size, units) {
            return block.as_ptr();
        }
        let length = usable(&self.table, block).min(size);
        let Some((new, _)) = self.allocate(size, alignment, units) else { return ptr::null_mut() };
        // SAFETY: both blocks are live, distinct, and at least `length` bytes long; the old one is ours.
        unsafe {
            ptr::copy_nonoverlapping(block.as_ptr(), new.as_ptr(), length);
            self.free(block, units);
        }
        new.as_ptr()
    }

    /// Gives back what is empty, for an owner that is done.
    pub fn clear(&mut self, units: &mut impl UnitSource) {
        self.spans.clear(units);
    }

    /// Whether the block has now that size where it is.
    pub fn resize_in_place(&self, block: NonNull<u8>, size: usize, units: &mut impl Access) -> bool {
        let index = self.table.unit_of(block);
        let unit = self.table.unit(index);
        if unit.kind() == Kind::Span {
            let usable = SIZES[unit.class.get() as usize] as usize;
            // A block that shrank a lot moves to a smaller class, so that it does not pin the larger.
            return size <= usable && (size > usable / 4 || usable <= 64);
        }
        units.with_units(|units| units.resize_run(index, size))
    }
}

/// Bytes that can be used at a live block. Needs no lock: its owner is the only one who changes them.
#[inline]
pub fn usable(table: &Table, block: NonNull<u8>) -> usize {
    let unit = table.unit(table.unit_of(block));
    match unit.kind() {
        Kind::Span => SIZES[unit.class.get() as usize] as usize,
        _ => unit.next.get() as usize * UNIT,
    }
}
