//! A heap without a lock, for an owner that is never used by two threads at once.

use core::ptr::{self, NonNull};

use crate::global::{self, Arena};
use crate::heap::{Access, Heap, usable};
use crate::table::Table;
use crate::units::{UnitSource, Units};

/// An allocator in the arena whose small blocks cost no lock: only whole units are taken from, and
/// given back to, what all share. QuickJS allocates and frees some hundred blocks a request, and two
/// atomic operations for each are a third of its time.
///
/// Blocks go back to the heap that they came from. Dropping it loses the spans whose blocks still live.
#[derive(Debug)]
pub struct LocalHeap {
    heap: Heap,
}

/// The units that all heaps share, locked for as long as one call takes.
struct Shared;

impl LocalHeap {
    /// A heap without a block; `None` when the arena has no memory.
    pub fn new() -> Option<LocalHeap> {
        global::table().map(|table: Table| LocalHeap { heap: Heap::new(table) })
    }

    /// `size` bytes at a multiple of 16, null when there are none.
    #[inline]
    pub fn allocate(&mut self, size: usize) -> *mut u8 {
        self.heap.allocate(size, 16, &mut Shared).map_or(ptr::null_mut(), |(block, _)| block.as_ptr())
    }

    /// As [`LocalHeap::allocate`], all zero.
    #[inline]
    pub fn allocate_zeroed(&mut self, size: usize) -> *mut u8 {
        let Some((block, zero)) = self.heap.allocate(size, 16, &mut Shared) else { return ptr::null_mut() };
        if !zero {
            // SAFETY: the block was just allocated with at least `size` bytes.
            unsafe { block.as_ptr().write_bytes(0, size) };
        }
        block.as_ptr()
    }

    /// Frees a block; null is fine.
    ///
    /// # Safety
    /// `block` is a live block of this heap; it is not used afterwards.
    #[inline]
    pub unsafe fn free(&mut self, block: *mut u8) {
        if let Some(block) = NonNull::new(block) {
            // SAFETY: the caller's promise.
            unsafe { self.heap.free(block, &mut Shared) };
        }
    }

    /// Gives the block another size, moving it when it must; null, and the block untouched, when
    /// there is no memory.
    ///
    /// # Safety
    /// `block` is null or a live block of this heap; when the result is not null, only that is used
    /// afterwards.
    #[inline]
    pub unsafe fn resize(&mut self, block: *mut u8, size: usize) -> *mut u8 {
        match NonNull::new(block) {
            // SAFETY: the caller's promise.
            Some(block) => unsafe { self.heap.resize(block, size, 16, &mut Shared) },
            None => self.allocate(size),
        }
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
}

impl Drop for LocalHeap {
    fn drop(&mut self) {
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
