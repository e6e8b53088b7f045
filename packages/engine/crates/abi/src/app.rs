//! What the linker adds to the engine for one app: bytecode, and a table of the features that it can
//! reach. Each lies between two symbols.

use core::slice;

use laconic_engine::Feature;

unsafe extern "C" {
    #[link_name = "laconic_app_bytecode"]
    static BYTECODE: u8;
    #[link_name = "laconic_app_bytecode_end"]
    static BYTECODE_END: u8;
    #[link_name = "laconic_app_features"]
    static FEATURES: &'static Feature;
    #[link_name = "laconic_app_features_end"]
    static FEATURES_END: &'static Feature;
}

/// The app's bytecode, as read-only data outside the arena.
pub fn bytecode() -> &'static [u8] {
    // SAFETY: the link step defines the symbols round one object, the first before the other.
    unsafe { between(&raw const BYTECODE, &raw const BYTECODE_END) }
}

/// The features that the app can reach. A pointer in the table was written by the linker, for a symbol
/// of this archive.
pub fn features() -> &'static [&'static Feature] {
    // SAFETY: as above; every word between the symbols is the address of a `laconic_feature_…` static.
    unsafe { between(&raw const FEATURES, &raw const FEATURES_END) }
}

/// # Safety
/// Whole values of `T` lie from `start` to `end`, for as long as the library is loaded.
unsafe fn between<T>(start: *const T, end: *const T) -> &'static [T] {
    // SAFETY: the caller's promise.
    unsafe { slice::from_raw_parts(start, (end as usize - start as usize) / size_of::<T>()) }
}
