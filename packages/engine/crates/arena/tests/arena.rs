//! The arena as this process's allocator: everything the test harness allocates is in it too.

use std::alloc::{GlobalAlloc, Layout};
use std::thread;

use laconic_arena::{Arena, FIXED_BASE, LocalHeap};

#[global_allocator]
static ARENA: Arena = Arena;

/// A repeatable sequence, so that a failure can be looked at again.
struct Sequence(u64);

impl Sequence {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// A block filled with its own mark, so that an overlap shows.
struct Block {
    start: *mut u8,
    layout: Layout,
    mark: u8,
}

impl Block {
    fn new(layout: Layout, mark: u8) -> Block {
        // SAFETY: the layout is not empty.
        let start = unsafe { ARENA.alloc(layout) };
        assert!(!start.is_null());
        assert!((start as usize).is_multiple_of(layout.align()), "{layout:?} at {start:p}");
        // SAFETY: the block was just allocated with that size.
        unsafe { start.write_bytes(mark, layout.size()) };
        Block { start, layout, mark }
    }

    fn check(&self) {
        for at in [0, self.layout.size() / 2, self.layout.size() - 1] {
            // SAFETY: within the live block.
            assert_eq!(unsafe { self.start.add(at).read() }, self.mark, "{:?}", self.layout);
        }
    }

    fn resize(&mut self, size: usize) {
        // SAFETY: the block is live, with this layout, and the new size is not 0.
        self.start = unsafe { ARENA.realloc(self.start, self.layout, size) };
        assert!(!self.start.is_null());
        let kept = size.min(self.layout.size());
        // SAFETY: within the live block.
        assert_eq!(unsafe { self.start.add(kept - 1).read() }, self.mark);
        self.layout = Layout::from_size_align(size, self.layout.align()).unwrap();
        // SAFETY: within the live block.
        unsafe { self.start.write_bytes(self.mark, size) };
    }
}

impl Drop for Block {
    fn drop(&mut self) {
        // SAFETY: the block is live, with this layout.
        unsafe { ARENA.dealloc(self.start, self.layout) };
    }
}

fn churn(seed: u64, rounds: usize) {
    let mut sequence = Sequence(seed);
    let mut blocks: Vec<Block> = Vec::new();
    for _ in 0..rounds {
        match sequence.below(5) {
            0 | 1 => {
                let size = 1 + match sequence.below(10) {
                    0 => sequence.below(400_000),
                    1 | 2 => sequence.below(20_000),
                    _ => sequence.below(600),
                };
                let align = 1 << if sequence.below(20) == 0 { sequence.below(18) } else { sequence.below(5) };
                blocks.push(Block::new(
                    Layout::from_size_align(size, align).unwrap(),
                    sequence.below(256) as u8,
                ));
            }
            2 if !blocks.is_empty() => {
                let at = sequence.below(blocks.len());
                let size = 1 + sequence.below(2 * blocks[at].layout.size() + 40);
                blocks[at].resize(size);
            }
            _ if blocks.len() > 100 || sequence.below(2) == 0 && !blocks.is_empty() => {
                let at = sequence.below(blocks.len());
                blocks[at].check();
                blocks.swap_remove(at);
            }
            _ => {}
        }
    }
    blocks.iter().for_each(Block::check);
}

#[test]
fn blocks_never_overlap_and_keep_their_content() {
    churn(0x9E37_79B9_7F4A_7C15, 200_000);
}

#[test]
fn several_threads_may_allocate_and_free() {
    let workers: Vec<_> = (1..=4).map(|seed| thread::spawn(move || churn(seed * 7919, 30_000))).collect();
    workers.into_iter().for_each(|worker| worker.join().unwrap());
}

#[test]
fn zeroed_memory_is_zero_also_when_it_is_used_again() {
    for size in [24, 5_000, 100_000, 20 << 20] {
        for _ in 0..3 {
            let mut zeroed = vec![0u8; size];
            assert!(zeroed.iter().all(|byte| *byte == 0));
            zeroed.fill(0xAA);
        }
    }
}

#[test]
fn a_block_freed_by_another_thread_is_used_again() {
    let mut highest = 0;
    for round in 0..200 {
        let block = vec![round as u8; 1 << 20];
        highest = highest.max(block.as_ptr() as usize);
        thread::spawn(move || drop(block)).join().unwrap();
    }
    assert!(highest - FIXED_BASE < 256 << 20, "200 blocks of 1 MB were laid end to end");
}

#[test]
fn it_lies_at_its_fixed_address_and_holds_everything() {
    assert!(ARENA.is_available() && ARENA.is_at_fixed_base());
    let boxed = Box::new(1);
    assert!(ARENA.contains(&raw const *boxed as usize));
    let local = 1;
    assert!(!ARENA.contains(&raw const local as usize));
}

#[test]
fn what_cannot_be_had_is_null() {
    let layout = Layout::from_size_align(1 << 45, 16).unwrap();
    // SAFETY: the layout is not empty.
    assert!(unsafe { ARENA.alloc(layout) }.is_null());
}

/// A repeatable run of allocations, resizes and releases in a heap of its own.
fn churn_local(seed: u64, rounds: usize) {
    let mut heap = LocalHeap::new().unwrap();
    let mut sequence = Sequence(seed);
    let mut blocks: Vec<(*mut u8, usize, u8)> = Vec::new();
    let check = |(start, size, mark): (*mut u8, usize, u8)| {
        for at in [0, size / 2, size - 1] {
            // SAFETY: within a live block.
            assert_eq!(unsafe { start.add(at).read() }, mark, "{size} bytes at {start:p}");
        }
    };
    for round in 0..rounds {
        let largest = if sequence.below(50) == 0 { 200_000 } else { 700 };
        let size = 1 + sequence.below(largest);
        let mark = round as u8;
        let at = sequence.below(blocks.len() + 1);
        // SAFETY: blocks are live until they are freed here, and used within their size.
        unsafe {
            match sequence.below(3) {
                0 if at < blocks.len() => {
                    let (start, size, mark) = blocks.swap_remove(at);
                    check((start, size, mark));
                    heap.free(start);
                }
                1 if at < blocks.len() => {
                    let (start, old, kept) = blocks[at];
                    let moved = heap.resize(start, size);
                    assert_eq!(moved.add(old.min(size) - 1).read(), kept);
                    moved.write_bytes(mark, size);
                    blocks[at] = (moved, size, mark);
                }
                _ if blocks.len() < 300 => {
                    let start =
                        if mark.is_multiple_of(2) { heap.allocate(size) } else { heap.allocate_zeroed(size) };
                    assert!(!start.is_null() && LocalHeap::usable(start) >= size);
                    assert!(mark.is_multiple_of(2) || (0..size).all(|at| start.add(at).read() == 0));
                    start.write_bytes(mark, size);
                    blocks.push((start, size, mark));
                }
                _ => {}
            }
        }
    }
    for block in blocks {
        check(block);
        // SAFETY: live, and not used afterwards.
        unsafe { heap.free(block.0) };
    }
}

#[test]
fn local_heaps_of_several_threads_share_the_units_with_everything_else() {
    let local = (1..=3).map(|seed| thread::spawn(move || churn_local(seed * 104_729, 60_000)));
    let shared = (1..=2).map(|seed| thread::spawn(move || churn(seed * 6_700_417, 30_000)));
    let workers: Vec<_> = local.chain(shared).collect();
    workers.into_iter().for_each(|worker| worker.join().unwrap());
}

#[test]
fn a_local_heap_that_is_done_gives_its_memory_back() {
    let mut highest = 0;
    for _ in 0..2000 {
        let mut heap = LocalHeap::new().unwrap();
        let blocks: Vec<_> = (0..16).map(|class| heap.allocate(500 * class + 1)).collect();
        highest = highest.max(blocks.iter().map(|block| *block as usize).max().unwrap());
        // SAFETY: each is live, and not used afterwards.
        blocks.into_iter().for_each(|block| unsafe { heap.free(block) });
    }
    assert!(highest - FIXED_BASE < 256 << 20, "2000 heaps of 16 spans were laid end to end");
}

/// What is given back is none of what is in use.
#[test]
fn keeps_live_blocks_when_pages_are_given_back() {
    let layout = |size| Layout::from_size_align(size, 16).expect("a multiple of 16");
    let mut blocks: Vec<_> =
        (0..400).map(|index| Block::new(layout(16 << (index % 13)), index as u8)).collect();
    let mut index = 0;
    blocks.retain(|_| {
        index += 1;
        index % 3 == 0
    });
    Arena.decommit();
    let more: Vec<_> = (0..400).map(|index| Block::new(layout(16 << (index % 13)), index as u8)).collect();
    blocks.iter().chain(&more).for_each(Block::check);
}
