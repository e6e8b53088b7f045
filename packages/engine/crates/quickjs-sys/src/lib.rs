//! The published bindings of QuickJS, over QuickJS with this workspace's patches. It is one compiled copy: nothing
//! else in the build defines these symbols.

#![no_std]
#![allow(
    non_upper_case_globals,
    non_camel_case_types,
    non_snake_case,
    unnecessary_transmutes,
    unsafe_op_in_unsafe_fn,
    clippy::all
)]

use ::core::ptr;

/// What the published crate says where a length does not fit.
pub const SIZE_T_ERROR: &str = "conversion between C type 'size_t' and Rust type 'usize' overflowed.";

include!(concat!(env!("OUT_DIR"), "/bindings.rs"));
include!(concat!(env!("OUT_DIR"), "/ptr_64.rs"));
include!(concat!(env!("OUT_DIR"), "/common.rs"));
