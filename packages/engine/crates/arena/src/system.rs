//! The arena's interface over the system's allocator, for builds under a sanitizer, which watches that
//! one and could not look into ours.

use core::alloc::{GlobalAlloc, Layout};
use core::ptr;
use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::alloc::System;

use crate::refusal;

/// There is no place where a heap image could be mapped back.
pub const FIXED_BASE: usize = 0;

/// Bytes of the local heaps; what Rust allocates for itself is not counted.
static USED: AtomicUsize = AtomicUsize::new(0);

/// As the arena's own.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arena;

impl Arena {
    /// Always: the system has memory.
    pub fn is_available(self) -> bool {
        refusal::install();
        true
    }

    /// Never.
    pub fn is_at_fixed_base(self) -> bool {
        false
    }

    /// As much as there is address space.
    pub fn reserved(self) -> usize {
        isize::MAX as usize
    }

    /// Bytes that local heaps have handed out.
    pub fn used(self) -> usize {
        USED.load(Relaxed)
    }

    /// As the arena's own.
    pub fn set_limit(self, bytes: usize) {
        refusal::set_limit(bytes);
    }

    /// The system's allocator keeps its own account.
    pub fn decommit(self) {}

    /// Not known; said to be so.
    pub fn is_at_rest(self) -> bool {
        true
    }

    /// Not known.
    pub fn contains(self, _: usize) -> bool {
        false
    }
}

// SAFETY: the system's allocator, which also refuses what is too large.
unsafe impl GlobalAlloc for Arena {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if refusal::refuses(layout.size(), USED.load(Relaxed)) {
            return ptr::null_mut();
        }
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(block, layout) }
    }
}

/// As the arena's own.
#[derive(Debug)]
pub struct LocalHeap(());

impl LocalHeap {
    pub fn new() -> Option<LocalHeap> {
        Some(LocalHeap(()))
    }

    /// Where the bytes of all local heaps stand.
    pub fn live(&self) -> *const usize {
        USED.as_ptr()
    }

    /// Nothing: what was freed is the sanitizer's, which tells of its use.
    pub fn reuse(&mut self, _: usize) -> *mut u8 {
        ptr::null_mut()
    }

    pub fn allocate(&mut self, size: usize) -> *mut u8 {
        // SAFETY: malloc takes any size.
        counted(unsafe { libc::malloc(size.max(1)) })
    }

    pub fn allocate_zeroed(&mut self, size: usize) -> *mut u8 {
        // SAFETY: calloc takes any size.
        counted(unsafe { libc::calloc(size.max(1), 1) })
    }

    /// # Safety
    /// As for the arena's own.
    pub unsafe fn free(&mut self, block: *mut u8) {
        // SAFETY: the caller's promise.
        unsafe {
            USED.fetch_sub(LocalHeap::usable(block), Relaxed);
            libc::free(block.cast());
        }
    }

    /// # Safety
    /// As for the arena's own.
    pub unsafe fn resize(&mut self, block: *mut u8, size: usize) -> *mut u8 {
        // SAFETY: the caller's promise; the block stays when there is no memory for another.
        unsafe {
            let before = LocalHeap::usable(block);
            let resized = libc::realloc(block.cast(), size.max(1));
            if !resized.is_null() {
                USED.fetch_sub(before, Relaxed);
            }
            counted(resized)
        }
    }

    /// # Safety
    /// As for the arena's own.
    pub unsafe fn usable(block: *mut u8) -> usize {
        // SAFETY: the caller's promise; null is fine.
        unsafe { libc::malloc_usable_size(block.cast()) }
    }
}

fn counted(block: *mut libc::c_void) -> *mut u8 {
    // SAFETY: a block that was just allocated, or null.
    USED.fetch_add(unsafe { libc::malloc_usable_size(block) }, Relaxed);
    block.cast()
}
