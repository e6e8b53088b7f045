//! The table of the engine's features that the app can reach, which the linker puts between two symbols.

use core::slice;

use laconic_engine::Feature;

unsafe extern "C" {
    #[link_name = "laconic_app_features"]
    static START: usize;
    #[link_name = "laconic_app_features_end"]
    static END: usize;
}

/// Its entries; the loader has made them addresses of this library.
pub fn table() -> &'static [&'static Feature] {
    let (start, end) = (&raw const START, &raw const END);
    // SAFETY: the link step defines both symbols round one object, START before END; each word between
    // them is the address of a static `laconic_feature_…` of this archive.
    unsafe { slice::from_raw_parts(start.cast(), end.offset_from_unsigned(start)) }
}
