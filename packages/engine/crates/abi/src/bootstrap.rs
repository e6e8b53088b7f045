//! The program that serves Lambda's Runtime API with the app of this library: what a `bootstrap` is linked with.
//!
//! A shared library is linked without it, because nothing there refers to it.

use core::ffi::{c_char, c_int};
use core::{ptr, slice};

use laconic_bootstrap::{Answer, App, Call, run};

use crate::types::{LACONIC_ABI_VERSION, LaconicRequest, LaconicResponse, LaconicSlice};
use crate::{Lambda, laconic_init, laconic_release};

/// The program's entry.
#[unsafe(no_mangle)]
extern "C" fn main(_: c_int, _: *const *const c_char) -> c_int {
    run(&mut Library)
}

/// The app behind this library's own interface, with its walls and locks.
struct Library;

impl App for Library {
    fn init(&mut self) -> Result<(), Vec<u8>> {
        let mut response = empty();
        // SAFETY: the response is valid for writing.
        let status = unsafe { laconic_init(&raw mut response) };
        let result = if status == 0 { Ok(()) } else { Err(bytes(&response.body).to_vec()) };
        release(response);
        result
    }

    fn handle(&mut self, call: &Call<'_>, take: &mut dyn FnMut(Answer<'_>)) {
        let [key, secret, token] = call.credentials.map_or([""; 3], |all| all.each_ref().map(String::as_str));
        let request = LaconicRequest {
            abi_version: LACONIC_ABI_VERSION,
            reserved: 0,
            function_name: lent(call.function.as_bytes()),
            event: lent(call.event),
            context: lent(call.context.as_bytes()),
            access_key_id: lent(key.as_bytes()),
            secret_access_key: lent(secret.as_bytes()),
            session_token: lent(token.as_bytes()),
            deadline_ms: call.deadline_ms,
        };
        let mut response = empty();
        // SAFETY: the slices are borrowed for the length of the call, and the response is valid for writing.
        let status = unsafe { Lambda(&raw const request, &raw mut response) };
        let body = bytes(&response.body);
        take(if status == 0 {
            Ok((body, core::str::from_utf8(bytes(&response.content_type)).unwrap_or("application/json")))
        } else {
            Err(body)
        });
        release(response);
    }
}

fn empty() -> LaconicResponse {
    LaconicResponse {
        status: 0,
        reserved: 0,
        body: lent(&[]),
        content_type: lent(&[]),
        owner: ptr::null_mut(),
    }
}

fn lent(bytes: &[u8]) -> LaconicSlice {
    LaconicSlice { data: bytes.as_ptr(), length: bytes.len() }
}

/// What a slice of a response that was not released holds.
fn bytes(slice: &LaconicSlice) -> &[u8] {
    if slice.data.is_null() {
        return &[];
    }
    // SAFETY: the library's own slices are valid until the response is released, which takes it by value.
    unsafe { slice::from_raw_parts(slice.data, slice.length) }
}

fn release(mut response: LaconicResponse) {
    // SAFETY: filled by this library, and released once.
    unsafe { laconic_release(&raw mut response) };
}
