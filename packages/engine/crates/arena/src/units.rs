//! Dealing out units, and the large blocks that are made of them. Not thread-safe: the arena's lock
//! is round it.

use core::ptr::NonNull;

use crate::classes::SMALL_MAX;
use crate::table::{Kind, Table, UNIT};
use crate::usage;

/// A freed run of at least this many bytes gives its pages back to the system; smaller ones are
/// likely to be wanted again by the next request, and faulting pages in costs more than keeping them.
const DECOMMIT_FROM: usize = 8 << 20;

/// Who gives units to spans, and takes back the empty ones.
pub trait UnitSource {
    fn take(&mut self) -> Option<u32>;
    fn give_back(&mut self, index: u32);
}

/// Which units are free.
#[derive(Debug)]
pub struct Units {
    table: Table,
    /// Units from here on were never used: their pages are untouched and zero.
    fresh: u32,
    /// No unit below this one is free.
    lowest_free: u32,
}

impl Units {
    pub fn new(table: Table) -> Units {
        Units { table, fresh: 0, lowest_free: 0 }
    }

    /// A block of whole units at a multiple of `alignment`, and whether its bytes are known to be zero.
    pub fn allocate_run(&mut self, size: usize, alignment: usize) -> Option<(NonNull<u8>, bool)> {
        let length = u32::try_from(size.div_ceil(UNIT).max(1)).ok()?;
        let index = self.find_free(length, alignment.div_ceil(UNIT))?;
        let zero = index >= self.fresh;
        self.claim(index, length);
        let unit = self.table.unit(index);
        unit.set_kind(Kind::Run);
        unit.next.set(length);
        Some((NonNull::new(self.table.address_of(index) as *mut u8)?, zero))
    }

    pub fn free_run(&mut self, index: u32) {
        debug_assert!(
            self.table.unit(index).kind() == Kind::Run,
            "freed a pointer into the middle of nothing"
        );
        let length = self.table.unit(index).next.get();
        if length as usize * UNIT >= DECOMMIT_FROM {
            self.give_pages_back(index, length);
        }
        self.release(index, length);
    }

    /// Gives the pages of all free units back to the system.
    pub fn decommit(&self) {
        let is_free = |index: u32| self.table.unit(index).kind() == Kind::Free;
        let mut start = self.lowest_free;
        while start < self.fresh {
            let end = (start..self.fresh).find(|index| !is_free(*index)).unwrap_or(self.fresh);
            if end > start {
                self.give_pages_back(start, end - start);
            }
            start = end + 1;
        }
    }

    /// For units that are free, or about to be.
    fn give_pages_back(&self, index: u32, length: u32) {
        let bytes = length as usize * UNIT;
        // SAFETY: the content of free units is nobody's.
        unsafe { libc::madvise(self.table.address_of(index) as *mut _, bytes, libc::MADV_DONTNEED) };
    }

    /// Makes the run `size` bytes long where it lies; false when it has to move.
    pub fn resize_run(&mut self, index: u32, size: usize) -> bool {
        if size <= SMALL_MAX {
            return false;
        }
        let table = self.table;
        let unit = table.unit(index);
        let (length, wanted) = (unit.next.get(), size.div_ceil(UNIT) as u32);
        if wanted > length && !self.is_free(index + length, wanted - length) {
            return false;
        }
        if wanted < length {
            self.release(index + wanted, length - wanted);
        } else {
            self.claim(index + length, wanted - length);
        }
        unit.next.set(wanted);
        true
    }

    /// The first free range of `length` units whose start is a multiple of `alignment` units.
    fn find_free(&self, length: u32, alignment: usize) -> Option<u32> {
        let aligned = |index: u32| self.table.address_of(index).is_multiple_of(alignment * UNIT);
        let mut start = self.lowest_free;
        let mut index = start;
        while index < self.fresh {
            let unit = self.table.unit(index);
            match unit.kind() {
                Kind::Free if index - start + 1 >= length && aligned(start) => return Some(start),
                Kind::Free if !aligned(start) => (start, index) = (start + 1, start + 1),
                Kind::Free => index += 1,
                Kind::Run => (start, index) = (index + unit.next.get(), index + unit.next.get()),
                Kind::Span | Kind::Continued => (start, index) = (index + 1, index + 1),
            }
        }
        while !aligned(start) {
            start += 1;
        }
        (start.checked_add(length)? <= self.table.units()).then_some(start)
    }

    fn is_free(&self, index: u32, length: u32) -> bool {
        let end = index.saturating_add(length);
        end <= self.table.units()
            && (index..end.min(self.fresh)).all(|index| self.table.unit(index).kind() == Kind::Free)
    }

    fn claim(&mut self, index: u32, length: u32) {
        for index in index..index + length {
            self.table.unit(index).set_kind(Kind::Continued);
        }
        usage::claimed(length);
        self.fresh = self.fresh.max(index + length);
        if self.lowest_free == index {
            self.lowest_free = index + length;
        }
    }

    fn release(&mut self, index: u32, length: u32) {
        for index in index..index + length {
            self.table.unit(index).set_kind(Kind::Free);
        }
        usage::released(length);
        self.lowest_free = self.lowest_free.min(index);
    }
}

impl UnitSource for Units {
    fn take(&mut self) -> Option<u32> {
        let index = self.find_free(1, 1)?;
        self.claim(index, 1);
        Some(index)
    }

    fn give_back(&mut self, index: u32) {
        self.release(index, 1);
    }
}
