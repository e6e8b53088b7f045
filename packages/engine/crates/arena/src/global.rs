//! The arena as Rust's global allocator.

use core::alloc::{GlobalAlloc, Layout};
use core::ptr::{self, NonNull};
use core::sync::atomic::{
    AtomicU8, AtomicUsize,
    Ordering::{Acquire, Relaxed, Release},
};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::heap::Heap;
use crate::refusal;
use crate::reservation::{FIXED_BASE, fill_at_once, reserve};
use crate::table::{Table, UNIT};
use crate::units::Units;
use crate::usage;

/// What lies at the arena's base.
struct Root {
    table: Table,
    shared: Mutex<SharedHeap>,
}

/// What Rust allocates from, and the units that all heaps are made of.
pub(crate) struct SharedHeap {
    heap: Heap,
    pub(crate) units: Units,
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

    /// Sets how many bytes may be in use when Rust asks for a large block; one that would exceed them
    /// is refused by a panic with [`crate::OutOfMemory`].
    pub fn set_limit(self, bytes: usize) {
        refusal::set_limit(bytes);
    }

    /// Gives the pages that no block lies on back to the system.
    pub fn decommit(self) {
        if let Some(shared) = self.lock() {
            shared.units.decommit();
        }
    }

    /// Whether no thread is in the midst of an allocation. Does not wait; for the child of a fork, where
    /// such a thread would be gone for ever.
    pub fn is_at_rest(self) -> bool {
        match ROOT.load(Acquire) {
            0 => STATE.load(Acquire) != RESERVING,
            // SAFETY: as in `root`.
            address => unsafe { &*(address as *const Root) }.shared.try_lock().is_ok(),
        }
    }

    /// Whether `address` lies in the arena.
    pub fn contains(self, address: usize) -> bool {
        root().is_some_and(|root| {
            let base = ptr::from_ref(root) as usize;
            (base..base + SIZE.load(Relaxed)).contains(&address)
        })
    }

    /// `size` bytes at a multiple of 16 for C code that brings no allocator of its own, null when there are none.
    #[inline]
    pub fn allocate(self, size: usize) -> *mut u8 {
        self.allocate_aligned(size, 16, false)
    }

    /// Frees a block; null is fine.
    ///
    /// # Safety
    /// `block` is null or a live block of [`Arena::allocate`]; it is not used afterwards.
    #[inline]
    pub unsafe fn free(self, block: *mut u8) {
        if let (Some(mut shared), Some(block)) = (self.lock(), NonNull::new(block)) {
            let SharedHeap { heap, units } = &mut *shared;
            // SAFETY: the caller's promise.
            unsafe { heap.free(block, units) };
        }
    }

    /// The lock round what all heaps share.
    #[inline]
    pub(crate) fn lock(self) -> Option<MutexGuard<'static, SharedHeap>> {
        // Nothing in the heap unwinds while the lock is held, so a poisoned lock is only ever inherited.
        root().map(|root| root.shared.lock().unwrap_or_else(PoisonError::into_inner))
    }

    #[inline]
    fn allocate_aligned(self, size: usize, alignment: usize, zeroed: bool) -> *mut u8 {
        let allocated = self.lock().and_then(|mut shared| {
            let SharedHeap { heap, units } = &mut *shared;
            heap.allocate(size, alignment, units)
        });
        let Some((block, zero)) = allocated else { return ptr::null_mut() };
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
        if refusal::refuses(layout.size(), usage::bytes()) {
            return ptr::null_mut();
        }
        self.allocate_aligned(layout.size(), layout.align(), false)
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if refusal::refuses(layout.size(), usage::bytes()) {
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
        if size > layout.size() && refusal::refuses(size - layout.size(), usage::bytes()) {
            return ptr::null_mut();
        }
        let (Some(mut shared), Some(block)) = (self.lock(), NonNull::new(block)) else {
            return ptr::null_mut();
        };
        let SharedHeap { heap, units } = &mut *shared;
        // SAFETY: GlobalAlloc's contract is the one of `Heap::resize`.
        unsafe { heap.resize(block, size, layout.align(), units) }
    }
}

/// Where the records and units lie; `None` when no memory could be reserved.
#[inline]
pub(crate) fn table() -> Option<Table> {
    root().map(|root| root.table)
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
    let table = Table::new(start, reservation.base + reservation.size);
    fill_at_once(&reservation, table.address_of(0));
    let shared = SharedHeap { heap: Heap::new(table), units: Units::new(table) };
    let root = reservation.base as *mut Root;
    // SAFETY: the start of a fresh mapping, aligned to a unit, that nobody else knows of yet.
    unsafe { root.write(Root { table, shared: Mutex::new(shared) }) };
    Some(root as usize)
}
