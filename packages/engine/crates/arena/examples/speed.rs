//! The arena, with its lock and without, beside the system's allocator: nanoseconds per allocation and release.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::RefCell;
use std::hint::black_box;
use std::time::Instant;

use laconic_arena::{Arena, LocalHeap};

const ROUNDS: usize = 2_000_000;
const KEPT: usize = 1000;

fn main() {
    for largest in [64, 512, 8192, 200_000] {
        let rounds = if largest > 8192 { ROUNDS / 20 } else { ROUNDS };
        let arena = measure(&Arena, largest, rounds);
        let local = measure(&Local(RefCell::new(LocalHeap::new().expect("memory"))), largest, rounds);
        let system = measure(&System, largest, rounds);
        println!(
            "up to {largest} bytes: arena {arena:.0} ns, local heap {local:.0} ns, system {system:.0} ns; ratios {:.2}, {:.2}",
            arena / system,
            local / system
        );
    }
}

/// A local heap with the arena's interface.
struct Local(RefCell<LocalHeap>);

// SAFETY: as LocalHeap's; the layouts asked for here need no alignment above 16.
unsafe impl GlobalAlloc for Local {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.0.borrow_mut().allocate(layout.size())
    }

    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: GlobalAlloc's contract is the one of `free`.
        unsafe { self.0.borrow_mut().free(block) }
    }
}

/// Replaces blocks of a working set at random, as an interpreter does.
fn measure(allocator: &impl GlobalAlloc, largest: usize, rounds: usize) -> f64 {
    let mut kept = vec![(std::ptr::null_mut::<u8>(), Layout::new::<u8>()); KEPT];
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let start = Instant::now();
    for _ in 0..rounds {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let slot = &mut kept[random as usize % KEPT];
        let layout = Layout::from_size_align(1 + (random >> 32) as usize % largest, 8).expect("a small size");
        // SAFETY: each block is freed once, with the layout that it was allocated with.
        unsafe {
            if !slot.0.is_null() {
                allocator.dealloc(slot.0, slot.1);
            }
            *slot = (black_box(allocator.alloc(layout)), layout);
            slot.0.write(1);
        }
    }
    let taken = start.elapsed();
    for (block, layout) in kept.into_iter().filter(|(block, _)| !block.is_null()) {
        // SAFETY: as above.
        unsafe { allocator.dealloc(block, layout) };
    }
    taken.as_nanos() as f64 / rounds as f64
}
