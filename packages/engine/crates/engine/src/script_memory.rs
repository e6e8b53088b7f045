//! QuickJS's memory: no lock, because a machine is only ever used by the thread that holds its app. QuickJS cuts
//! small blocks from 4 KiB of it by itself.

use core::ptr;

use laconic_arena::LocalHeap;
use rquickjs::allocator::Allocator;

use crate::memory;

/// The heap of one machine.
pub struct ScriptMemory {
    blocks: LocalHeap,
}

impl ScriptMemory {
    /// A heap without a block; `None` when there is no memory at all.
    pub fn new() -> Option<ScriptMemory> {
        Some(ScriptMemory { blocks: LocalHeap::new()? })
    }

    #[inline]
    fn allocate(&mut self, size: usize) -> *mut u8 {
        let block = self.blocks.reuse(size);
        if block.is_null() { self.allocate_more(size) } else { block }
    }

    /// Only what is taken anew can lead over the limit.
    #[inline(never)]
    fn allocate_more(&mut self, size: usize) -> *mut u8 {
        if memory::admits(size) { self.blocks.allocate(size) } else { ptr::null_mut() }
    }

    /// # Safety
    /// `block` is null or a live block of this heap.
    unsafe fn resize(&mut self, block: *mut u8, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise. A block that grows may have to move, and then both are in memory.
        unsafe {
            if !memory::is_plenty(size) && size > LocalHeap::usable(block) && !memory::admits(size) {
                return ptr::null_mut();
            }
            self.blocks.resize(block, size)
        }
    }
}

// SAFETY: blocks of the heap are exclusive, aligned to 16 and valid until freed; a failed resize
// leaves the block as it was; `usable_size` is never less than what was asked for. QuickJS gives
// back to a runtime's allocator only what it got from it.
unsafe impl Allocator for ScriptMemory {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        self.allocate(size)
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        match count.checked_mul(size) {
            Some(size) if memory::admits(size) => self.blocks.allocate_zeroed(size),
            _ => ptr::null_mut(),
        }
    }

    unsafe fn dealloc(&mut self, block: *mut u8) {
        // SAFETY: QuickJS frees what it got from here, once.
        unsafe { self.blocks.free(block) }
    }

    unsafe fn realloc(&mut self, block: *mut u8, size: usize) -> *mut u8 {
        // SAFETY: as above.
        unsafe { self.resize(block, size) }
    }

    unsafe fn usable_size(block: *mut u8) -> usize {
        // SAFETY: as above.
        unsafe { LocalHeap::usable(block) }
    }
}
