//! The arena as Rust's global allocator, and as C-style functions for QuickJS.

use core::alloc::{GlobalAlloc, Layout};
use core::ptr::{self, NonNull};
use core::sync::atomic::{
    AtomicU8, AtomicUsize,
    Ordering::{Acquire, Relaxed, Release},
};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::heap::Heap;
use crate::refusal;
use crate::reservation::{FIXED_BASE, reserve};
use crate::table::UNIT;
use crate::usage;

/// What lies at the arena's base.
struct Root {
    heap: Mutex<Heap>,
}

/// Address of the root; 0 before the first allocation and when no memory could be reserved.
static ROOT: AtomicUsize = AtomicUsize::new(0);
static SIZE: AtomicUsize = AtomicUsize::new(0);
static STATE: AtomicU8 = AtomicU8::new(UNTOUCHED);

const UNTOUCHED: u8 = 0;
const RESERVING: u8 = 1;
const READY: u8 = 2;
const REFUSED: u8 = 3;

/// The allocator. Every value of this type is the same arena, the process's one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arena;

impl Arena {
    /// Whether there is memory to allocate from. Reserves the arena when that has not happened yet.
    /// Call it before anything that allocates, because a failing allocation aborts in Rust.
    pub fn is_available(self) -> bool {
        root().is_some()
    }

    /// Whether the arena lies at [`FIXED_BASE`], where a heap image can be mapped back.
    pub fn is_at_fixed_base(self) -> bool {
        root().is_some_and(|root| ptr::from_ref(root) as usize == FIXED_BASE)
    }

    /// Bytes of address space that were reserved, 0 when none could be.
    pub fn reserved(self) -> usize {
        root().map_or(0, |_| SIZE.load(Relaxed))
    }

    /// Bytes in use, in whole units: what all blocks take, Rust's and QuickJS's, and the room beside them.
    #[inline]
    pub fn used(self) -> usize {
        usage::bytes()
    }

    /// Whether no thread is in the midst of an allocation. Does not wait; for the child of a fork, where
    /// such a thread would be gone for ever.
    pub fn is_at_rest(self) -> bool {
        match ROOT.load(Acquire) {
            0 => STATE.load(Acquire) != RESERVING,
            // SAFETY: as in `root`.
            address => unsafe { &*(address as *const Root) }.heap.try_lock().is_ok(),
        }
    }

    /// Sets how many bytes may be in use when Rust asks for a large block; one that would exceed them
    /// is refused by a panic with [`crate::OutOfMemory`].
    pub fn set_limit(self, bytes: usize) {
        refusal::set_limit(bytes);
    }

    /// Whether `address` lies in the arena.
    pub fn contains(self, address: usize) -> bool {
        root().is_some_and(|root| {
            let base = ptr::from_ref(root) as usize;
            (base..base + SIZE.load(Relaxed)).contains(&address)
        })
    }

    /// `size` bytes at a multiple of 16, null when there are none.
    #[inline]
    pub fn allocate(self, size: usize) -> *mut u8 {
        self.allocate_aligned(size, 16, false)
    }

    /// As [`Arena::allocate`], all zero.
    #[inline]
    pub fn allocate_zeroed(self, size: usize) -> *mut u8 {
        self.allocate_aligned(size, 16, true)
    }

    /// Frees a block.
    ///
    /// # Safety
    /// `block` is a live block of the arena; it is not used afterwards.
    #[inline]
    pub unsafe fn free(self, block: *mut u8) {
        if let (Some(mut heap), Some(block)) = (heap(), NonNull::new(block)) {
            // SAFETY: the caller's promise.
            unsafe { heap.free(block) };
        }
    }

    /// Bytes that can be used at `block`.
    ///
    /// # Safety
    /// `block` is a live block of the arena.
    #[inline]
    pub unsafe fn usable(self, block: *mut u8) -> usize {
        match (heap(), NonNull::new(block)) {
            (Some(heap), Some(block)) => heap.usable(block),
            _ => 0,
        }
    }

    /// Gives the block another size, moving it when it must; null, and the block untouched, when
    /// there is no memory.
    ///
    /// # Safety
    /// `block` is a live block of the arena; when the result is not null, only that is used afterwards.
    pub unsafe fn resize(self, block: *mut u8, size: usize, alignment: usize) -> *mut u8 {
        let Some(old) = NonNull::new(block) else {
            return self.allocate_aligned(size, alignment, false);
        };
        let Some(mut heap) = heap() else { return ptr::null_mut() };
        if heap.resize_in_place(old, size) {
            return block;
        }
        let length = heap.usable(old).min(size);
        let Some((new, _)) = heap.allocate(size, alignment) else { return ptr::null_mut() };
        drop(heap);
        // SAFETY: both blocks are live, distinct, and at least `length` bytes long. The copy is made
        // without the lock, so that a large one does not hold up other threads.
        unsafe {
            ptr::copy_nonoverlapping(block, new.as_ptr(), length);
            self.free(block);
        }
        new.as_ptr()
    }

    #[inline]
    fn allocate_aligned(self, size: usize, alignment: usize, zeroed: bool) -> *mut u8 {
        let Some((block, zero)) = heap().and_then(|mut heap| heap.allocate(size, alignment)) else {
            return ptr::null_mut();
        };
        if zeroed && !zero {
            // SAFETY: the block was just allocated with at least `size` bytes.
            unsafe { block.as_ptr().write_bytes(0, size) };
        }
        block.as_ptr()
    }
}

// SAFETY: blocks are exclusive, aligned as asked (16 at least, more through Heap::allocate), stay
// valid until freed, and no method unwinds.
unsafe impl GlobalAlloc for Arena {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if refusal::refuses(layout.size()) {
            return ptr::null_mut();
        }
        self.allocate_aligned(layout.size(), layout.align(), false)
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if refusal::refuses(layout.size()) {
            return ptr::null_mut();
        }
        self.allocate_aligned(layout.size(), layout.align(), true)
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: GlobalAlloc's contract is the one of `free`.
        unsafe { self.free(block) }
    }

    #[inline]
    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if size > layout.size() && refusal::refuses(size - layout.size()) {
            return ptr::null_mut();
        }
        // SAFETY: GlobalAlloc's contract is the one of `resize`.
        unsafe { self.resize(block, size, layout.align()) }
    }
}

#[inline]
fn heap() -> Option<MutexGuard<'static, Heap>> {
    // Nothing in the heap unwinds while the lock is held, so a poisoned lock is only ever inherited.
    root().map(|root| root.heap.lock().unwrap_or_else(PoisonError::into_inner))
}

#[inline]
fn root() -> Option<&'static Root> {
    let address = match ROOT.load(Acquire) {
        0 => start()?,
        address => address,
    };
    // SAFETY: the address is published only after the root was written there; it is never unmapped.
    Some(unsafe { &*(address as *const Root) })
}

/// Reserves the arena, once; other threads wait for the one that does it.
#[cold]
fn start() -> Option<usize> {
    match STATE.compare_exchange(UNTOUCHED, RESERVING, Acquire, Acquire) {
        Ok(_) => {
            let root = create_root();
            ROOT.store(root.unwrap_or(0), Release);
            STATE.store(if root.is_some() { READY } else { REFUSED }, Release);
            root
        }
        Err(REFUSED) => None,
        Err(_) => {
            while STATE.load(Acquire) == RESERVING {
                std::thread::yield_now();
            }
            Some(ROOT.load(Acquire)).filter(|&root| root != 0)
        }
    }
}

fn create_root() -> Option<usize> {
    let reservation = reserve(UNIT)?;
    refusal::install();
    SIZE.store(reservation.size, Relaxed);
    let start = reservation.base + size_of::<Root>();
    let heap = Heap::new(start, reservation.base + reservation.size);
    let root = reservation.base as *mut Root;
    // SAFETY: the start of a fresh mapping, aligned to a unit, that nobody else knows of yet.
    unsafe { root.write(Root { heap: Mutex::new(heap) }) };
    Some(root as usize)
}
