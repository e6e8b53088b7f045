//! Dealing out units, and blocks within them. Not thread-safe: [`crate::Arena`] holds the lock.

use core::ptr::NonNull;

use crate::classes::{CLASSES, SIZES, SMALL_MAX, class_of};
use crate::table::{Kind, NO_BLOCK, NO_UNIT, UNIT, Unit};
use crate::usage;

/// A freed run of at least this many bytes gives its pages back to the system; smaller ones are
/// likely to be wanted again by the next request, and faulting pages in costs more than keeping them.
const DECOMMIT_FROM: usize = 8 << 20;

/// The state of the arena. Lives at the arena's base; everything it refers to lies behind it.
#[derive(Debug)]
pub struct Heap {
    table: *mut Unit,
    first_unit: usize,
    units: u32,
    /// Units from here on were never used: their pages are untouched and zero.
    fresh: u32,
    /// No unit below this one is free.
    lowest_free: u32,
    /// For each class, the list of spans with room.
    with_room: [u32; CLASSES],
}

// SAFETY: the pointers lead into the arena, which belongs to the heap alone.
unsafe impl Send for Heap {}

impl Heap {
    /// A heap over `[start, end)`, whose bytes are all zero: the table first, then the units.
    pub fn new(start: usize, end: usize) -> Heap {
        let table = start.next_multiple_of(align_of::<Unit>());
        let units = (end - table) / (UNIT + size_of::<Unit>());
        let first_unit = (table + units * size_of::<Unit>()).next_multiple_of(UNIT);
        Heap {
            table: table as *mut Unit,
            first_unit,
            units: ((end - first_unit) / UNIT) as u32,
            fresh: 0,
            lowest_free: 0,
            with_room: [NO_UNIT; CLASSES],
        }
    }

    /// A block of at least `size` bytes at a multiple of `alignment` (a power of two), and whether
    /// its bytes are known to be zero.
    #[inline]
    pub fn allocate(&mut self, size: usize, alignment: usize) -> Option<(NonNull<u8>, bool)> {
        if alignment <= 16 && size <= SMALL_MAX {
            return self.allocate_small(class_of(size));
        }
        // Blocks lie at multiples of their size from the start of a unit, so a power of two aligns.
        let block = size.max(alignment).checked_next_power_of_two()?;
        if block <= SMALL_MAX {
            return self.allocate_small(class_of(block));
        }
        self.allocate_run(size, alignment)
    }

    /// Frees a block that [`Heap::allocate`] returned.
    ///
    /// # Safety
    /// `block` came from this heap and was not freed since.
    #[inline]
    pub unsafe fn free(&mut self, block: NonNull<u8>) {
        let index = self.unit_of(block);
        match self.unit(index).kind {
            // SAFETY: the caller's promise, and the record says that the unit is a span.
            Kind::Span => unsafe { self.free_small(index, block) },
            Kind::Run => self.free_run(index),
            Kind::Free | Kind::Continued => {
                debug_assert!(false, "freed a pointer into the middle of nothing")
            }
        }
    }

    /// Bytes that can be used at `block`.
    #[inline]
    pub fn usable(&self, block: NonNull<u8>) -> usize {
        let unit = self.unit_ref(self.unit_of(block));
        match unit.kind {
            Kind::Span => SIZES[unit.class as usize] as usize,
            _ => unit.next as usize * UNIT,
        }
    }

    /// Makes the block `size` bytes long where it lies; false when it has to move.
    pub fn resize_in_place(&mut self, block: NonNull<u8>, size: usize) -> bool {
        let index = self.unit_of(block);
        let unit = *self.unit(index);
        if unit.kind == Kind::Span {
            let usable = SIZES[unit.class as usize] as usize;
            // A block that shrank a lot moves to a smaller class, so that it does not pin the larger.
            return size <= usable && (size > usable / 4 || usable <= 64);
        }
        if size <= SMALL_MAX {
            return false;
        }
        let wanted = size.div_ceil(UNIT) as u32;
        if wanted > unit.next && !self.is_free(index + unit.next, wanted - unit.next) {
            return false;
        }
        if wanted < unit.next {
            self.release(index + wanted, unit.next - wanted);
        } else {
            self.claim(index + unit.next, wanted - unit.next);
        }
        self.unit(index).next = wanted;
        true
    }

    fn allocate_small(&mut self, class: usize) -> Option<(NonNull<u8>, bool)> {
        let index = match self.with_room[class] {
            NO_UNIT => self.new_span(class)?,
            index => index,
        };
        let size = SIZES[class] as usize;
        let start = self.address_of(index);
        let unit = self.unit(index);
        let fresh = unit.free == NO_BLOCK;
        let offset = if fresh {
            unit.carved += 1;
            (unit.carved as usize - 1) * size
        } else {
            unit.free as usize * 16
        };
        let block = (start + offset) as *mut u16;
        if !fresh {
            // SAFETY: a free block's first bytes hold the index of the next one, written by free_small.
            unit.free = unsafe { block.read() };
        }
        unit.live += 1;
        if unit.free == NO_BLOCK && unit.carved as usize == UNIT / size {
            self.unlink(index);
        }
        Some((NonNull::new(block.cast())?, false))
    }

    /// # Safety
    /// `block` is a live block of the span `index`.
    unsafe fn free_small(&mut self, index: u32, block: NonNull<u8>) {
        let start = self.address_of(index);
        let unit = self.unit(index);
        let size = SIZES[unit.class as usize] as usize;
        let was_full = unit.free == NO_BLOCK && unit.carved as usize == UNIT / size;
        // SAFETY: the block is ours again, at least 16 bytes long and aligned to 16.
        unsafe { block.cast::<u16>().write(unit.free) };
        unit.free = ((block.as_ptr() as usize - start) / 16) as u16;
        unit.live -= 1;
        let (live, class) = (unit.live, unit.class as usize);
        if was_full {
            self.link(index, class);
        }
        // The last span of a class stays, or a block freed and allocated in turn would rebuild it each time.
        let only = self.with_room[class] == index && self.unit(index).next == NO_UNIT;
        if live == 0 && !only {
            self.unlink(index);
            self.release(index, 1);
        }
    }

    fn new_span(&mut self, class: usize) -> Option<u32> {
        let index = self.find_free(1, 1)?;
        self.claim(index, 1);
        *self.unit(index) = Unit {
            kind: Kind::Span,
            class: class as u8,
            live: 0,
            carved: 0,
            free: NO_BLOCK,
            next: NO_UNIT,
            previous: NO_UNIT,
        };
        self.link(index, class);
        Some(index)
    }

    fn allocate_run(&mut self, size: usize, alignment: usize) -> Option<(NonNull<u8>, bool)> {
        let length = u32::try_from(size.div_ceil(UNIT).max(1)).ok()?;
        let index = self.find_free(length, alignment.div_ceil(UNIT))?;
        let zero = index >= self.fresh;
        self.claim(index, length);
        let unit = self.unit(index);
        unit.kind = Kind::Run;
        unit.next = length;
        Some((NonNull::new(self.address_of(index) as *mut u8)?, zero))
    }

    fn free_run(&mut self, index: u32) {
        let length = self.unit(index).next;
        let bytes = length as usize * UNIT;
        if bytes >= DECOMMIT_FROM {
            // SAFETY: the range is one freed block; its content is nobody's any more.
            unsafe { libc::madvise(self.address_of(index) as *mut _, bytes, libc::MADV_DONTNEED) };
        }
        self.release(index, length);
    }

    /// The first free range of `length` units whose start is a multiple of `alignment` units.
    fn find_free(&self, length: u32, alignment: usize) -> Option<u32> {
        let aligned = |index: u32| self.address_of(index).is_multiple_of(alignment * UNIT);
        let mut start = self.lowest_free;
        let mut index = start;
        while index < self.fresh {
            let unit = self.unit_ref(index);
            match unit.kind {
                Kind::Free if index - start + 1 >= length && aligned(start) => return Some(start),
                Kind::Free if !aligned(start) => (start, index) = (start + 1, start + 1),
                Kind::Free => index += 1,
                Kind::Run => (start, index) = (index + unit.next, index + unit.next),
                Kind::Span | Kind::Continued => (start, index) = (index + 1, index + 1),
            }
        }
        while !aligned(start) {
            start += 1;
        }
        (start.checked_add(length)? <= self.units).then_some(start)
    }

    fn is_free(&self, index: u32, length: u32) -> bool {
        let end = index.saturating_add(length);
        end <= self.units && (index..end.min(self.fresh)).all(|index| self.unit_ref(index).kind == Kind::Free)
    }

    fn claim(&mut self, index: u32, length: u32) {
        for index in index..index + length {
            self.unit(index).kind = Kind::Continued;
        }
        usage::claimed(length);
        self.fresh = self.fresh.max(index + length);
        if self.lowest_free == index {
            self.lowest_free = index + length;
        }
    }

    fn release(&mut self, index: u32, length: u32) {
        for index in index..index + length {
            self.unit(index).kind = Kind::Free;
        }
        usage::released(length);
        self.lowest_free = self.lowest_free.min(index);
    }

    fn link(&mut self, index: u32, class: usize) {
        let next = self.with_room[class];
        if next != NO_UNIT {
            self.unit(next).previous = index;
        }
        let unit = self.unit(index);
        unit.next = next;
        unit.previous = NO_UNIT;
        self.with_room[class] = index;
    }

    fn unlink(&mut self, index: u32) {
        let Unit { class, next, previous, .. } = *self.unit(index);
        if next != NO_UNIT {
            self.unit(next).previous = previous;
        }
        if previous == NO_UNIT {
            self.with_room[class as usize] = next;
        } else {
            self.unit(previous).next = next;
        }
    }

    #[inline]
    fn unit_of(&self, block: NonNull<u8>) -> u32 {
        ((block.as_ptr() as usize - self.first_unit) / UNIT) as u32
    }

    #[inline]
    fn address_of(&self, index: u32) -> usize {
        self.first_unit + index as usize * UNIT
    }

    #[inline]
    fn unit(&mut self, index: u32) -> &mut Unit {
        debug_assert!(index < self.units);
        // SAFETY: the table has a record for each unit, zeroed by the mapping, and we hold the heap.
        unsafe { &mut *self.table.add(index as usize) }
    }

    #[inline]
    fn unit_ref(&self, index: u32) -> &Unit {
        debug_assert!(index < self.units);
        // SAFETY: as in `unit`.
        unsafe { &*self.table.add(index as usize) }
    }
}
