//! Filling and freeing the caller's response.

use core::ffi::c_void;
use core::ptr;

use laconic_engine::{Payload, Status};

use crate::fork;
use crate::guard::Ended;
use crate::types::{LaconicResponse, LaconicSlice};

const JSON: &str = "application/json";

const WITHOUT_MEMORY: &str = "{\"errorType\":\"OutOfMemory\",\"errorMessage\":\"The engine could not reserve memory: \
the process's address space is limited (RLIMIT_AS) or overcommit is forbidden. It needs 64 MB.\",\"stackTrace\":[]}";

const EMPTY: LaconicSlice = LaconicSlice { data: ptr::null(), length: 0 };

/// Writes how the call ended to `response`, unless that is NULL, and returns the status.
///
/// # Safety
/// `response` is NULL or valid for writing.
pub unsafe fn write(response: *mut LaconicResponse, ended: Ended) -> i32 {
    let filled = match ended {
        Ended::WithoutMemory => constant(Status::InitFailed, WITHOUT_MEMORY),
        Ended::Torn => constant(fork::TORN_STATUS, fork::TORN_ERROR),
        Ended::With(Ok(None)) => constant(Status::Ok, ""),
        Ended::With(Ok(Some(payload))) => owned(Status::Ok, payload),
        Ended::With(Err(failure)) => {
            let payload = Payload { body: failure.to_json(), content_type: JSON.into() };
            owned(failure.status, payload)
        }
    };
    let status = filled.status;
    if response.is_null() {
        free(filled.owner);
    } else {
        // SAFETY: the caller's promise.
        unsafe { response.write(filled) };
    }
    status
}

/// Frees what `response` holds and empties it.
///
/// # Safety
/// As for [`crate::laconic_release`].
pub unsafe fn release(response: *mut LaconicResponse) {
    // SAFETY: the caller's promise.
    let Some(response) = (unsafe { response.as_mut() }) else { return };
    response.body = EMPTY;
    response.content_type = EMPTY;
    free(core::mem::replace(&mut response.owner, ptr::null_mut()));
}

/// A response that borrows constants, so that there is nothing to release.
fn constant(status: Status, body: &'static str) -> LaconicResponse {
    LaconicResponse {
        status: status as i32,
        reserved: 0,
        body: if body.is_empty() { EMPTY } else { slice(body.as_bytes()) },
        content_type: if body.is_empty() { EMPTY } else { slice(JSON.as_bytes()) },
        owner: ptr::null_mut(),
    }
}

fn owned(status: Status, payload: Payload) -> LaconicResponse {
    let payload = Box::new(payload);
    LaconicResponse {
        status: status as i32,
        reserved: 0,
        // The bytes lie behind the box's own pointers, which do not move when the box is given away.
        body: slice(&payload.body),
        content_type: slice(payload.content_type.as_bytes()),
        owner: Box::into_raw(payload).cast::<c_void>(),
    }
}

fn slice(bytes: &[u8]) -> LaconicSlice {
    LaconicSlice { data: bytes.as_ptr(), length: bytes.len() }
}

fn free(owner: *mut c_void) {
    if !owner.is_null() {
        // SAFETY: owners are only made by `owned`, and taken out of the response before they are freed.
        drop(unsafe { Box::from_raw(owner.cast::<Payload>()) });
    }
}
