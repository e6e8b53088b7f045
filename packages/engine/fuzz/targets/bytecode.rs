//! Files that are not, or no longer, an app's bytecode: each is refused with a reason, and never read on.
//! The corpus holds a good one; what is run are its mutations and truncations.

#![no_main]

use laconic_engine::{App, Failure, Status};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    // The engine keeps what it loads for as long as it lives; the fuzzer's buffer does not.
    let kept: &'static mut [u8] = input.to_vec().leak();
    let outcome = App::load(kept);
    if let Err(Failure { status, message, .. }) = &outcome {
        assert!(matches!(status, Status::BadBytecode), "{status:?}: {message}");
    }
    drop(outcome);
    // SAFETY: nothing refers to it any more: the app is gone, and the next load forgets the tables.
    drop(unsafe { Box::from_raw(kept) });
});
