//! QuickJS's memory: no header in front of each block, and no lock, because a machine is only ever used
//! by the thread that holds its app.

use core::ffi::c_void;
use core::ptr;

use laconic_arena::LocalHeap;
use laconic_quickjs::Heap;
use rquickjs::Ctx;
use rquickjs::allocator::Allocator;

use crate::memory;

/// The heap of one machine, as rquickjs takes it to start with, and as QuickJS calls it later on.
pub struct ScriptMemory(*mut ScriptHeap);

/// Where a machine's heap lies, for [`ScriptMemory::serve`].
#[derive(Clone, Copy)]
pub struct HeapAddress(*mut ScriptHeap);

/// Begins with what QuickJS knows of it.
#[repr(C)]
struct ScriptHeap {
    interface: Heap,
    blocks: LocalHeap,
}

impl ScriptMemory {
    /// A heap without a block; `None` when there is no memory at all.
    pub fn new() -> Option<ScriptMemory> {
        let interface = Heap { live: ptr::null(), allocate, release, resize };
        let mut heap = Box::new(ScriptHeap { interface, blocks: LocalHeap::new()? });
        heap.interface.live = heap.blocks.live();
        Some(ScriptMemory(Box::into_raw(heap)))
    }

    pub fn address(&self) -> HeapAddress {
        HeapAddress(self.0)
    }
}

impl HeapAddress {
    /// Has QuickJS call the heap itself.
    ///
    /// # Safety
    /// The context's runtime was made with the [`ScriptMemory`] that this is the address of.
    pub unsafe fn serve(self, ctx: &Ctx<'_>) {
        // SAFETY: the memory is dropped after the runtime, which was given it; all blocks came from it.
        unsafe { laconic_quickjs::set_heap(ctx, self.0.cast()) }
    }
}

impl ScriptHeap {
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

unsafe extern "C" fn allocate(heap: *mut Heap, size: usize) -> *mut c_void {
    // SAFETY: QuickJS hands over what it was given, and no two threads use a runtime at once.
    unsafe { &mut *heap.cast::<ScriptHeap>() }.allocate(size).cast()
}

unsafe extern "C" fn release(heap: *mut Heap, block: *mut c_void) {
    // SAFETY: as above; QuickJS frees what it got from here, once.
    unsafe { (*heap.cast::<ScriptHeap>()).blocks.free(block.cast()) }
}

unsafe extern "C" fn resize(heap: *mut Heap, block: *mut c_void, size: usize) -> *mut c_void {
    // SAFETY: as above.
    unsafe { (*heap.cast::<ScriptHeap>()).resize(block.cast(), size).cast() }
}

// SAFETY: blocks of the heap are exclusive, aligned to 16 and valid until freed; a failed resize
// leaves the block as it was; `usable_size` is never less than what was asked for. QuickJS gives
// back to a runtime's allocator only what it got from it. The address is that of a box that lives as
// long as this, and is used by one thread at a time.
unsafe impl Allocator for ScriptMemory {
    fn alloc(&mut self, size: usize) -> *mut u8 {
        // SAFETY: see the implementation's.
        unsafe { &mut *self.0 }.allocate(size)
    }

    fn calloc(&mut self, count: usize, size: usize) -> *mut u8 {
        match count.checked_mul(size) {
            // SAFETY: see the implementation's.
            Some(size) if memory::admits(size) => unsafe { (*self.0).blocks.allocate_zeroed(size) },
            _ => ptr::null_mut(),
        }
    }

    unsafe fn dealloc(&mut self, block: *mut u8) {
        // SAFETY: QuickJS frees what it got from here, once.
        unsafe { (*self.0).blocks.free(block) }
    }

    unsafe fn realloc(&mut self, block: *mut u8, size: usize) -> *mut u8 {
        // SAFETY: as above.
        unsafe { (*self.0).resize(block, size) }
    }

    unsafe fn usable_size(block: *mut u8) -> usize {
        // SAFETY: as above.
        unsafe { LocalHeap::usable(block) }
    }
}

impl Drop for ScriptMemory {
    fn drop(&mut self) {
        // SAFETY: made by `new`, and the runtime that used it is gone.
        drop(unsafe { Box::from_raw(self.0) });
    }
}
