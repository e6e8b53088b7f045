//! Small blocks: spans of equal blocks, one list for each size class. Not thread-safe: whoever owns
//! the spans is the only one that allocates from them and frees into them.

use core::ptr::NonNull;

use crate::classes::{CLASSES, SIZES};
use crate::table::{Kind, NO_BLOCK, NO_UNIT, Table, UNIT};
use crate::units::UnitSource;

#[derive(Debug)]
pub struct Spans {
    table: Table,
    /// For each class, the list of spans with room.
    with_room: [u32; CLASSES],
    /// For each class, the one empty span that is kept: blocks freed and allocated in turn would
    /// otherwise have a span given back and made anew each time.
    spare: [u32; CLASSES],
}

impl Spans {
    pub fn new(table: Table) -> Spans {
        Spans { table, with_room: [NO_UNIT; CLASSES], spare: [NO_UNIT; CLASSES] }
    }

    #[inline]
    pub fn allocate(&mut self, class: usize, units: &mut impl UnitSource) -> Option<NonNull<u8>> {
        let index = match self.with_room[class] {
            NO_UNIT => self.new_span(class, units)?,
            index => index,
        };
        let size = SIZES[class] as usize;
        let start = self.table.address_of(index);
        let unit = self.table.unit(index);
        let fresh = unit.free.get() == NO_BLOCK;
        let offset = if fresh {
            unit.carved.set(unit.carved.get() + 1);
            (unit.carved.get() as usize - 1) * size
        } else {
            unit.free.get() as usize * 16
        };
        let block = (start + offset) as *mut u16;
        if !fresh {
            // SAFETY: a free block's first bytes hold the index of the next one, written by `free`.
            unit.free.set(unsafe { block.read() });
        }
        if self.spare[class] == index {
            self.spare[class] = NO_UNIT;
        }
        unit.live.set(unit.live.get() + 1);
        if unit.free.get() == NO_BLOCK && unit.carved.get() as usize == UNIT / size {
            self.unlink(index);
        }
        NonNull::new(block.cast())
    }

    /// Frees a block of the span `index`.
    ///
    /// # Safety
    /// `block` is a live block of that span, which is one of these.
    #[inline]
    pub unsafe fn free(&mut self, index: u32, block: NonNull<u8>, units: &mut impl UnitSource) {
        let start = self.table.address_of(index);
        let unit = self.table.unit(index);
        let class = unit.class.get() as usize;
        let was_full =
            unit.free.get() == NO_BLOCK && unit.carved.get() as usize == UNIT / SIZES[class] as usize;
        // SAFETY: the block is ours again, at least 16 bytes long and aligned to 16.
        unsafe { block.cast::<u16>().write(unit.free.get()) };
        unit.free.set(((block.as_ptr() as usize - start) / 16) as u16);
        unit.live.set(unit.live.get() - 1);
        let is_empty = unit.live.get() == 0;
        if was_full {
            self.link(index, class);
        }
        if is_empty && self.spare[class] == NO_UNIT {
            self.spare[class] = index;
        } else if is_empty {
            self.unlink(index);
            units.give_back(index);
        }
    }

    /// Gives the empty spans back. Blocks that are still live stay valid, and their spans are lost.
    pub fn clear(&mut self, units: &mut impl UnitSource) {
        self.spare = [NO_UNIT; CLASSES];
        for head in &mut self.with_room {
            let mut index = core::mem::replace(head, NO_UNIT);
            while index != NO_UNIT {
                let unit = self.table.unit(index);
                let next = unit.next.get();
                if unit.live.get() == 0 {
                    units.give_back(index);
                }
                index = next;
            }
        }
    }

    #[cold]
    fn new_span(&mut self, class: usize, units: &mut impl UnitSource) -> Option<u32> {
        let index = units.take()?;
        let unit = self.table.unit(index);
        unit.class.set(class as u8);
        unit.live.set(0);
        unit.carved.set(0);
        unit.free.set(NO_BLOCK);
        unit.set_kind(Kind::Span);
        self.link(index, class);
        Some(index)
    }

    fn link(&mut self, index: u32, class: usize) {
        let next = self.with_room[class];
        if next != NO_UNIT {
            self.table.unit(next).previous.set(index);
        }
        let unit = self.table.unit(index);
        unit.next.set(next);
        unit.previous.set(NO_UNIT);
        self.with_room[class] = index;
    }

    fn unlink(&mut self, index: u32) {
        let unit = self.table.unit(index);
        let (class, next, previous) = (unit.class.get(), unit.next.get(), unit.previous.get());
        if next != NO_UNIT {
            self.table.unit(next).previous.set(previous);
        }
        if previous == NO_UNIT {
            self.with_room[class as usize] = next;
        } else {
            self.table.unit(previous).next.set(next);
        }
    }
}
