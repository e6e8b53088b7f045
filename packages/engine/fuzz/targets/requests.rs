//! Requests of any content, through the C ABI: what comes back is well-formed, and the next request,
//! which is a good one, is served.

#![no_main]

use core::{ptr, slice, str};

use laconic_engine_abi::{
    LACONIC_ABI_VERSION, LaconicRequest, LaconicResponse, LaconicSlice, Lambda, laconic_init, laconic_release,
};
use libfuzzer_sys::fuzz_target;

// The app, compiled by the engine's own tool, and the table of all features.
core::arch::global_asm!(concat!(".include \"", env!("LACONIC_FUZZ_APP"), "\""), ".text");

const FUNCTIONS: [&str; 26] = [
    "json", "reviver", "clone", "regexp", "replace", "buffer", "decode", "url", "search", "codec", "base64",
    "date", "number", "integer", "gunzip", "inflate", "hash", "run", "blob", "log", "fail", "reject",
    "never", "late", "array", "body",
];

/// Milliseconds that a request may take: an endless loop is a correct outcome, but a slow one.
const TIME: i64 = 100;

fuzz_target!(|input: &[u8]| {
    let [choice, flaw, event @ ..] = input else { return };
    let (name, event) = match FUNCTIONS.get(*choice as usize % (FUNCTIONS.len() + 2)) {
        Some(name) => (name.as_bytes(), event),
        // Any bytes as the name.
        None => event.split_at(event.len().min(usize::from(*flaw))),
    };
    let mut request = request(name, event);
    match flaw {
        0 => request.abi_version = 0,
        1 => request.event = LaconicSlice { data: ptr::null(), length: event.len() },
        2 => request.context = request.event,
        3 => request.session_token = request.event,
        4 => request.deadline_ms = i64::from_le_bytes([*choice; 8]),
        _ => {}
    }
    call(&request, None);
    // Without a deadline: a machine that is busy with something else is no finding.
    call(&LaconicRequest { deadline_ms: 0, ..self::request(b"number", b"7") }, Some("7,7,7"));
});

fn request(name: &[u8], event: &[u8]) -> LaconicRequest {
    // SAFETY: plain numbers and pointers, for which zero is valid.
    let empty: LaconicRequest = unsafe { core::mem::zeroed() };
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    LaconicRequest {
        abi_version: LACONIC_ABI_VERSION,
        function_name: slice(name),
        event: slice(event),
        deadline_ms: now.map_or(0, |now| now.as_millis() as i64 + TIME),
        ..empty
    }
}

fn slice(bytes: &[u8]) -> LaconicSlice {
    LaconicSlice { data: bytes.as_ptr(), length: bytes.len() }
}

fn call(request: &LaconicRequest, expected: Option<&str>) {
    let mut response = core::mem::MaybeUninit::<LaconicResponse>::uninit();
    // SAFETY: both structs live for the length of the call; the response is filled by it, released, and
    // released once more, which does nothing.
    unsafe {
        let status = Lambda(request, response.as_mut_ptr());
        let response = response.assume_init_mut();
        assert_eq!(status, response.status);
        let body = bytes(&response.body);
        match status {
            0 => {}
            1 | 4 | 6 => {
                let text = str::from_utf8(body).expect("an error is UTF-8");
                assert!(text.starts_with("{\"errorType\":\"") && text.ends_with("]}"), "{text}");
                assert!(expected.is_none(), "{text}");
            }
            other => panic!("status {other}: {}", String::from_utf8_lossy(body)),
        }
        if let Some(expected) = expected {
            assert_eq!(body, expected.as_bytes());
        }
        laconic_release(response);
        laconic_release(response);
        laconic_init(ptr::null_mut());
    }
}

/// # Safety
/// The slice is one of a response that was not released.
unsafe fn bytes(slice: &LaconicSlice) -> &[u8] {
    // SAFETY: the caller's promise.
    if slice.length == 0 { &[] } else { unsafe { slice::from_raw_parts(slice.data, slice.length) } }
}
