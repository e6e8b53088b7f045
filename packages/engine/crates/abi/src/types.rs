//! The structs that cross the boundary, and the check of a request.

use core::ffi::c_void;
use core::{slice, str};

use laconic_engine::{Credentials, Failure, Request, Status};

/// Version of this ABI. Raised when a struct or the meaning of a status changes.
pub const LACONIC_ABI_VERSION: u32 = 1;

/// Bytes with their length; never NUL-terminated. `data` may be NULL when `length` is 0.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct LaconicSlice {
    pub data: *const u8,
    pub length: usize,
}

/// A request. The caller owns all of it.
#[repr(C)]
pub struct LaconicRequest {
    /// LACONIC_ABI_VERSION of the header that the caller was compiled with.
    pub abi_version: u32,
    /// 0.
    pub reserved: u32,
    /// Name of the function, UTF-8.
    pub function_name: LaconicSlice,
    /// The event, JSON in UTF-8. Empty is `null`.
    pub event: LaconicSlice,
    /// The invocation's context, a JSON object in UTF-8. Empty is `{}`.
    pub context: LaconicSlice,
    /// The role's credentials, UTF-8. An empty one leaves what the environment holds.
    pub access_key_id: LaconicSlice,
    pub secret_access_key: LaconicSlice,
    pub session_token: LaconicSlice,
    /// When the request is ended from outside: Unix time in milliseconds, 0 for never.
    pub deadline_ms: i64,
}

/// A response. `body` and `content_type` belong to the library until laconic_release.
#[repr(C)]
pub struct LaconicResponse {
    /// A LaconicStatus.
    pub status: i32,
    pub reserved: u32,
    /// The result, or the error JSON: {"errorType", "errorMessage", "stackTrace": [string]}.
    pub body: LaconicSlice,
    /// Media type of the body.
    pub content_type: LaconicSlice,
    /// The library's; NULL when there is nothing to release.
    pub owner: *mut c_void,
}

/// How a call ended. Numbers are never reused.
#[repr(i32)]
pub enum LaconicStatus {
    /// The body is the function's result.
    Ok = 0,
    /// The function threw, rejected, never settled, timed out or gave no usable result.
    FunctionError = 1,
    /// The app failed while it was loaded.
    InitFailed = 2,
    /// The bytecode is damaged, or another engine's.
    BadBytecode = 3,
    /// The request breaks the rules of this header.
    BadRequest = 4,
    /// The engine itself failed.
    Panic = 5,
    /// The app has no function of that name.
    UnknownFunction = 6,
    /// The process was forked while another thread was inside the library; every call returns this.
    Forked = 7,
}

// The header's numbers are the engine's.
const _: () = {
    assert!(LaconicStatus::Ok as i32 == Status::Ok as i32);
    assert!(LaconicStatus::FunctionError as i32 == Status::FunctionError as i32);
    assert!(LaconicStatus::InitFailed as i32 == Status::InitFailed as i32);
    assert!(LaconicStatus::BadBytecode as i32 == Status::BadBytecode as i32);
    assert!(LaconicStatus::BadRequest as i32 == Status::BadRequest as i32);
    assert!(LaconicStatus::Panic as i32 == Status::Panic as i32);
    assert!(LaconicStatus::UnknownFunction as i32 == Status::UnknownFunction as i32);
    assert!(LaconicStatus::Forked as i32 == Status::Forked as i32);
};

/// The request behind the pointer, when it keeps the rules.
///
/// # Safety
/// As for [`crate::Lambda`].
pub unsafe fn check<'a>(request: *const LaconicRequest) -> Result<Request<'a>, Failure> {
    if request.is_null() {
        return Err(bad("The request is NULL."));
    }
    // The version first: another one may have another layout behind it.
    // SAFETY: not NULL, so it points to a request; every version begins with this field.
    let version = unsafe { (*request).abi_version };
    if version != LACONIC_ABI_VERSION {
        return Err(bad(&format!(
            "The caller speaks ABI version {version}, and this library version {LACONIC_ABI_VERSION}. \
             Rebuild the app with `npx @laconic/cli build`, which makes both."
        )));
    }
    // SAFETY: the version is ours, so the layout is.
    let request = unsafe { &*request };
    // SAFETY: the caller promises valid slices.
    unsafe {
        Ok(Request {
            function_name: text(&request.function_name, "function name")?,
            event: or(text(&request.event, "event")?, "null"),
            context: or(text(&request.context, "context")?, "{}"),
            credentials: Credentials {
                access_key_id: some(text(&request.access_key_id, "access key id")?),
                secret_access_key: some(text(&request.secret_access_key, "secret access key")?),
                session_token: some(text(&request.session_token, "session token")?),
            },
            deadline_ms: request.deadline_ms,
        })
    }
}

/// # Safety
/// The slice is valid as long as `'a`.
unsafe fn text<'a>(slice: &LaconicSlice, what: &str) -> Result<&'a str, Failure> {
    if slice.length == 0 {
        return Ok("");
    }
    if slice.data.is_null() {
        return Err(bad(&format!("The {what} has {} bytes at NULL.", slice.length)));
    }
    if slice.length > isize::MAX as usize {
        return Err(bad(&format!("The {what} cannot be {} bytes long.", slice.length)));
    }
    // SAFETY: not NULL, not longer than memory can be, and valid by the caller's promise.
    let bytes = unsafe { slice::from_raw_parts(slice.data, slice.length) };
    str::from_utf8(bytes)
        .map_err(|error| bad(&format!("The {what} is not UTF-8: byte {} is wrong.", error.valid_up_to())))
}

fn or<'a>(text: &'a str, empty: &'a str) -> &'a str {
    if text.is_empty() { empty } else { text }
}

fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn bad(message: &str) -> Failure {
    Failure::new(Status::BadRequest, "BadRequest", message)
}
