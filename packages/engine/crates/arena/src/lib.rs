//! The engine's only memory: a global allocator that lives in one mapping at one fixed address.
//!
//! Everything that Rust and QuickJS allocate lies in the arena, and so does the allocator's own
//! state, so that the heap of an initialised app is one range of bytes which can be written to a
//! file and mapped back. The layout, from the base:
//!
//! | part | content |
//! | --- | --- |
//! | root | a lock round the [`units::Units`] and the [`heap::Heap`] that Rust allocates from |
//! | table | one 16-byte record for each unit |
//! | units | 32 KiB each: a *span* of equal small blocks, or part of a *run* that is one large block |
//!
//! Blocks carry no header: the record of the unit that a pointer lies in says what it is. A span
//! that falls empty goes back to the free units, and free units next to one another are one free
//! range, so a long-lived process does not grow by fragmentation.
//!
//! A [`LocalHeap`] has spans of its own and so needs no lock for small blocks; only units are shared.

#![cfg_attr(laconic_alloc_error_hook, feature(alloc_error_hook))]

mod refusal;

#[cfg(not(laconic_system_allocator))]
mod arena {
    pub use crate::global::Arena;
    pub use crate::local::LocalHeap;
    pub use crate::reservation::FIXED_BASE;
}

#[cfg(laconic_system_allocator)]
#[path = "system.rs"]
mod arena;

pub use arena::{Arena, FIXED_BASE, LocalHeap};
pub use refusal::OutOfMemory;

macro_rules! modules_of_the_arena {
    ($($name:ident)*) => { $(#[cfg(not(laconic_system_allocator))] mod $name;)* };
}
modules_of_the_arena!(classes global heap local reservation spans table units usage);
