//! The C ABI of an app's library: four functions, two structs, one byte string.
//!
//! Rules that hold for all of it. The caller owns what it passes and may free it when the call
//! returns. The library owns what it returns until `laconic_release`. Every function may be called
//! from any thread; requests run one at a time. Nothing unwinds across the boundary.

mod app_bytecode;
mod app_features;
// The fuzzers have a `main` of their own.
#[cfg(not(fuzzing))]
mod bootstrap;
mod fork;
mod guard;
mod init_report;
mod library;
mod measures;
mod response;
mod types;

use laconic_engine::Status;

pub use types::{LACONIC_ABI_VERSION, LaconicRequest, LaconicResponse, LaconicSlice, LaconicStatus};

#[global_allocator]
static ARENA: laconic_arena::Arena = laconic_arena::Arena;

/// The ABI version that the library was built with. Ask this first: the layout of everything else
/// depends on it.
#[unsafe(no_mangle)]
pub extern "C" fn laconic_abi_version() -> u32 {
    LACONIC_ABI_VERSION
}

/// Evaluates the app, unless that has happened. Returns the status; the response has an empty body
/// on success and the error JSON otherwise. After a failure every later call returns that failure.
///
/// # Safety
/// `response` is NULL, or points to a `LaconicResponse` that need not be initialised. One that
/// holds an earlier response must have been released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn laconic_init(response: *mut LaconicResponse) -> i32 {
    let outcome = guard::protect(library::init);
    // SAFETY: the caller's promise.
    unsafe { response::write(response, outcome) }
}

/// Serves one request. Returns the status, which is also in the response.
///
/// # Safety
/// `request` is NULL, or points to a request whose slices are valid for the length of the call.
/// `response` is as for `laconic_init`.
#[allow(non_snake_case)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn Lambda(request: *const LaconicRequest, response: *mut LaconicResponse) -> i32 {
    if response.is_null() {
        return Status::BadRequest as i32;
    }
    let outcome = guard::protect(|| {
        // SAFETY: the caller's promise.
        let request = unsafe { types::check(request) }?;
        library::handle(&request).map(Some)
    });
    // SAFETY: the caller's promise.
    unsafe { response::write(response, outcome) }
}

/// Frees what a response holds and empties it. A NULL or an emptied response is fine.
///
/// # Safety
/// `response` is NULL or a response that this library filled; of several copies of one response only
/// one is released.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn laconic_release(response: *mut LaconicResponse) {
    // SAFETY: the caller's promise.
    let _ = guard::protect(|| {
        unsafe { response::release(response) };
        Ok(None)
    });
}
