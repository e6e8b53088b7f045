//! A heap without a lock, for an owner that is never used by two threads at once.

use core::ptr::{self, NonNull};

use crate::classes::{SIZES, class_of};
use crate::global::{self, Arena};
use crate::heap::{Access, Heap, usable};
use crate::table::{Kind, Table};
use crate::units::{UnitSource, Units};

/// Classes of which freed blocks are kept at hand: those of blocks up to 512 bytes.
const KEPT_CLASSES: usize = 16;
const KEPT_MAX: usize = SIZES[KEPT_CLASSES - 1] as usize;

/// Bytes in the blocks of one class that are kept at most.
const KEPT_BYTES: usize = 4096;

/// An allocator in the arena whose small blocks cost no lock: only whole units are taken from, and
/// given back to, what all share. QuickJS allocates and frees some hundred blocks a request, and two
/// atomic operations for each are a third of its time.
///
/// Blocks go back to the heap that they came from. Dropping it loses the spans whose blocks still live.
#[derive(Debug)]
pub struct LocalHeap {
    heap: Heap,
    kept: [Kept; KEPT_CLASSES],
    live: usize,
}

/// Freed blocks of one class, the last one first: the next request gets what the processor still has
/// in its cache. To their spans they are live.
#[derive(Debug)]
struct Kept {
    first: *mut u8,
    /// How many more there may be.
    room: usize,
}

/// The units that all heaps share, locked for as long as one call takes.
struct Shared;

impl LocalHeap {
    /// A heap without a block; `None` when the arena has no memory.
    pub fn new() -> Option<LocalHeap> {
        let table: Table = global::table()?;
        let kept =
            core::array::from_fn(|class| Kept { first: ptr::null_mut(), room: KEPT_BYTES / SIZES[class] as usize });
        Some(LocalHeap { heap: Heap::new(table), kept, live: 0 })
    }

    /// Where the number of bytes in live blocks stands, as long as the heap is neither moved nor dropped.
    pub fn live(&self) -> *const usize {
        &raw const self.live
    }

    /// A block of `size` bytes that was freed before, when one is at hand, else null. Takes no memory
    /// that the heap does not have already.
    #[inline]
    pub fn reuse(&mut self, size: usize) -> *mut u8 {
        if size > KEPT_MAX {
            return ptr::null_mut();
        }
        let class = class_of(size);
        let kept = &mut self.kept[class];
        let block = kept.first;
        if !block.is_null() {
            // SAFETY: the block is ours, and `free` has written the next one into it.
            kept.first = unsafe { block.cast::<*mut u8>().read() };
            kept.room += 1;
            self.live += SIZES[class] as usize;
        }
        block
    }

    /// `size` bytes at a multiple of 16, null when there are none.
    #[inline]
    pub fn allocate(&mut self, size: usize) -> *mut u8 {
        let block = self.reuse(size);
        if block.is_null() { self.allocate_fresh(size).0 } else { block }
    }

    /// As [`LocalHeap::allocate`], all zero.
    #[inline]
    pub fn allocate_zeroed(&mut self, size: usize) -> *mut u8 {
        let reused = self.reuse(size);
        let (block, zero) = if reused.is_null() { self.allocate_fresh(size) } else { (reused, false) };
        if !zero && !block.is_null() {
            // SAFETY: the block was just allocated with at least `size` bytes.
            unsafe { block.write_bytes(0, size) };
        }
        block
    }

    /// Frees a block; null is fine.
    ///
    /// # Safety
    /// `block` is a live block of this heap; it is not used afterwards.
    #[inline]
    pub unsafe fn free(&mut self, block: *mut u8) {
        let Some(block) = NonNull::new(block) else { return };
        let unit = self.heap.table.unit(self.heap.table.unit_of(block));
        let class = unit.class.get() as usize;
        if unit.kind() == Kind::Span && class < KEPT_CLASSES && self.kept[class].room > 0 {
            self.live -= SIZES[class] as usize;
            let kept = &mut self.kept[class];
            // SAFETY: the block is ours again, at least 16 bytes long and aligned to 16.
            unsafe { block.cast::<*mut u8>().write(kept.first) };
            kept.first = block.as_ptr();
            kept.room -= 1;
            return;
        }
        // SAFETY: the caller's promise.
        unsafe { self.give_back(block) };
    }

    /// Gives the block another size, moving it when it must; null, and the block untouched, when
    /// there is no memory.
    ///
    /// # Safety
    /// `block` is null or a live block of this heap; when the result is not null, only that is used
    /// afterwards.
    pub unsafe fn resize(&mut self, block: *mut u8, size: usize) -> *mut u8 {
        let Some(old) = NonNull::new(block) else { return self.allocate(size) };
        let before = usable(&self.heap.table, old);
        if self.heap.resize_in_place(old, size, &mut Shared) {
            self.live = self.live - before + usable(&self.heap.table, old);
            return block;
        }
        let new = self.allocate(size);
        if !new.is_null() {
            // SAFETY: both blocks are live, distinct, and at least that long; the old one is ours.
            unsafe {
                ptr::copy_nonoverlapping(block, new, before.min(size));
                self.free(block);
            }
        }
        new
    }

    /// Bytes that can be used at `block`; 0 for null.
    ///
    /// # Safety
    /// `block` is null or a live block of any heap of the arena.
    #[inline]
    pub unsafe fn usable(block: *mut u8) -> usize {
        match (global::table(), NonNull::new(block)) {
            (Some(table), Some(block)) => usable(&table, block),
            _ => 0,
        }
    }

    /// A block that was not kept, and whether it is known to be zero.
    #[inline(never)]
    fn allocate_fresh(&mut self, size: usize) -> (*mut u8, bool) {
        let Some((block, zero)) = self.heap.allocate(size, 16, &mut Shared) else {
            return (ptr::null_mut(), false);
        };
        self.live += usable(&self.heap.table, block);
        (block.as_ptr(), zero)
    }

    /// # Safety
    /// As for [`LocalHeap::free`].
    #[inline(never)]
    unsafe fn give_back(&mut self, block: NonNull<u8>) {
        self.live -= usable(&self.heap.table, block);
        // SAFETY: the caller's promise.
        unsafe { self.heap.free(block, &mut Shared) };
    }
}

impl Drop for LocalHeap {
    fn drop(&mut self) {
        for kept in &mut self.kept {
            while let Some(block) = NonNull::new(kept.first) {
                // SAFETY: kept blocks are ours, and each holds the next one.
                unsafe {
                    kept.first = block.cast::<*mut u8>().read();
                    self.heap.free(block, &mut Shared);
                }
            }
        }
        self.heap.clear(&mut Shared);
    }
}

impl UnitSource for Shared {
    #[cold]
    fn take(&mut self) -> Option<u32> {
        Arena.lock()?.units.take()
    }

    #[cold]
    fn give_back(&mut self, index: u32) {
        self.with_units(|units| units.give_back(index));
    }
}

impl Access for Shared {
    #[cold]
    fn with_units<R>(&mut self, act: impl FnOnce(&mut Units) -> R) -> R {
        let mut shared =
            Arena.lock().unwrap_or_else(|| unreachable!("a local heap is made from a reserved arena"));
        act(&mut shared.units)
    }
}
