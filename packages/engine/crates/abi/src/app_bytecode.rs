//! The app's bytecode, which the linker puts between two symbols.

use core::slice;

unsafe extern "C" {
    #[link_name = "laconic_app_bytecode"]
    static START: u8;
    #[link_name = "laconic_app_bytecode_end"]
    static END: u8;
}

/// All of it, as read-only data outside the arena.
pub fn bytes() -> &'static [u8] {
    let (start, end) = (&raw const START, &raw const END);
    // SAFETY: the link step defines both symbols round one object, START before END.
    unsafe { slice::from_raw_parts(start, end as usize - start as usize) }
}
