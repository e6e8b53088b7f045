//! Files that are not, or no longer, an app's bytecode: each is refused with a reason, or what was changed in it does no harm.
//!
//! The corpus holds a good file; what is run are its mutations and truncations. The checksums are there
//! against damage. The fuzzer is no damage: it sees both sides of a comparison, and forges them. Code that
//! is not what the engine wrote, under a checksum that fits, is not run: QuickJS trusts its bytecode.

#![no_main]

use laconic_engine::bytecode::{self, Checked, Parts};
use laconic_engine::{App, Failure, Request, Status};
use libfuzzer_sys::fuzz_target;

/// What the engine's own tool wrote.
static WRITTEN: &[u8] = include_bytes!(env!("LACONIC_FUZZ_BYTECODE"));

fuzz_target!(|input: &[u8]| {
    match bytecode::open(input) {
        Err(Failure { status, message, .. }) => {
            assert!(matches!(status, Status::BadBytecode), "{status:?}: {message}");
        }
        Ok(parts) if is_forged(&parts) => {}
        Ok(_) => run(input),
    }
});

fn is_forged(parts: &Parts<'_>) -> bool {
    let written = bytecode::open(WRITTEN).expect("the tool's own file");
    let is_other = |code: Option<&[u8]>, written: &Checked<'_>| code.is_some() && code != written.open();
    parts.code != written.code || is_other(parts.console.open(), &written.console)
}

/// The code is whole, so that the app serves; the table of positions and the console's code may be anything.
fn run(input: &[u8]) {
    // The engine keeps what it loads for as long as it lives; the fuzzer's buffer does not.
    let kept: *mut [u8] = Box::into_raw(input.into());
    // SAFETY: freed below, when nothing refers to it any more: the app is gone, and the next load forgets
    // its table and the console's code.
    let mut app = App::load(unsafe { &*kept }).expect("an app that is whole");
    let mut call = |function_name, event| {
        app.handle(&Request { function_name, event, context: "{}", ..Request::default() })
    };
    let failure = call("fail", "what went wrong").expect_err("the function throws");
    assert_eq!(failure.message, "what went wrong");
    assert!(!failure.stack.is_empty());
    call("log", "text").expect("the function prints and answers");
    drop(app);
    // SAFETY: made above, and not used again.
    drop(unsafe { Box::from_raw(kept) });
}
