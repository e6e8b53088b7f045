//! The one mapping that holds everything: address space is reserved at once, memory comes by page
//! fault.

use core::ptr;

/// Where the arena lies unless something else lies there already. A fixed address is what lets a
/// heap image be mapped back without relocating one pointer.
pub const FIXED_BASE: usize = 0x1000_0000_0000;

/// Sizes tried, largest first. The first is above the largest Lambda function (10 GB); the others
/// serve processes under RLIMIT_AS or strict overcommit.
const SIZES: [usize; 5] = [16 << 30, 4 << 30, 1 << 30, 256 << 20, 64 << 20];

/// Reserved address space, readable and writable, all zero, never returned.
pub struct Reservation {
    pub base: usize,
    pub size: usize,
}

/// Reserves address space: at [`FIXED_BASE`] when that is free, elsewhere otherwise, smaller when
/// the process may not have as much. `None` when not even the smallest size is to be had.
/// `alignment` is a power of two; the base is a multiple of it.
pub fn reserve(alignment: usize) -> Option<Reservation> {
    SIZES.iter().find_map(|&size| {
        map_at_fixed_base(size).or_else(|| map_anywhere(size, alignment)).inspect(keep_small_pages)
    })
}

fn map_at_fixed_base(size: usize) -> Option<Reservation> {
    let base = map(FIXED_BASE, size, libc::MAP_FIXED_NOREPLACE)?;
    if base == FIXED_BASE {
        return Some(Reservation { base, size });
    }
    // A kernel older than 4.17 takes the address as a hint only.
    // SAFETY: the mapping was made above and nothing points into it yet.
    unsafe { libc::munmap(base as *mut libc::c_void, size) };
    None
}

fn map_anywhere(size: usize, alignment: usize) -> Option<Reservation> {
    let start = map(0, size, 0)?;
    let base = start.next_multiple_of(alignment);
    Some(Reservation { base, size: size - (base - start) })
}

fn map(address: usize, size: usize, flags: libc::c_int) -> Option<usize> {
    // SAFETY: an anonymous private mapping touches no memory that exists: without an address the
    // kernel picks free space, and MAP_FIXED_NOREPLACE refuses to cover an existing mapping.
    let mapped = unsafe {
        libc::mmap(
            address as *mut libc::c_void,
            size,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE | flags,
            -1,
            0,
        )
    };
    (!ptr::eq(mapped, libc::MAP_FAILED)).then_some(mapped as usize)
}

/// Bytes of a huge page, of which every multiple begins one.
const HUGE_PAGE: usize = 2 << 20;

/// Has the huge page that holds `address` come whole, where the system has such pages: what any app
/// fills of its heap while it loads costs one page fault instead of hundreds.
pub fn fill_at_once(reservation: &Reservation, address: usize) {
    let page = address / HUGE_PAGE * HUGE_PAGE;
    if page >= reservation.base && page + HUGE_PAGE <= reservation.base + reservation.size {
        // SAFETY: advice on a part of a mapping that we own; it cannot invalidate memory.
        unsafe { libc::madvise(page as *mut libc::c_void, HUGE_PAGE, libc::MADV_HUGEPAGE) };
    }
}

/// Elsewhere a huge page would make 2 MB resident at the first byte touched, and zero them.
fn keep_small_pages(reservation: &Reservation) {
    // SAFETY: advice on a mapping that we own; it cannot invalidate memory.
    unsafe { libc::madvise(reservation.base as *mut libc::c_void, reservation.size, libc::MADV_NOHUGEPAGE) };
}
