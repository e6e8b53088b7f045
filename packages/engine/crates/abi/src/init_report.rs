//! What a cold start cost, as one line on stderr after the first request, when LACONIC_INIT_REPORT asks
//! for it.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};
use std::time::{Duration, Instant};

use laconic_engine::{Failure, Payload, Startup};

/// Asks for the report, whatever its value; empty does not.
const VARIABLE: &str = "LACONIC_INIT_REPORT";

/// Nobody looked yet, no report is wanted or it was written, one is wanted.
static STATE: AtomicU8 = AtomicU8::new(UNKNOWN);
const UNKNOWN: u8 = 0;
const DONE: u8 = 1;
const WANTED: u8 = 2;

/// Runs the request; writes the report when it was the first one.
pub fn after_first(
    startup: Startup,
    handle: impl FnOnce() -> Result<Payload, Failure>,
) -> Result<Payload, Failure> {
    if !is_wanted() {
        return handle();
    }
    STATE.store(DONE, Relaxed);
    let begun = Instant::now();
    let result = handle();
    write(&startup, begun.elapsed());
    result
}

fn is_wanted() -> bool {
    if STATE.load(Relaxed) == UNKNOWN {
        let is_set = std::env::var_os(VARIABLE).is_some_and(|value| !value.is_empty());
        STATE.store(if is_set { WANTED } else { DONE }, Relaxed);
    }
    STATE.load(Relaxed) == WANTED
}

fn write(startup: &Startup, first_request: Duration) {
    let (minor, major) = page_faults();
    let milliseconds = |duration: Duration| duration.as_secs_f64() * 1e3;
    eprintln!(
        "{{\"type\":\"laconic.init\",\"machineMs\":{:.3},\"evaluationMs\":{:.3},\"firstRequestMs\":{:.3},\
         \"pageFaults\":{{\"minor\":{minor},\"major\":{major}}}}}",
        milliseconds(startup.machine),
        milliseconds(startup.evaluation),
        milliseconds(first_request),
    );
}

/// Those of the whole process so far; each of the second kind waited for storage.
fn page_faults() -> (i64, i64) {
    let mut usage = core::mem::MaybeUninit::<libc::rusage>::zeroed();
    // SAFETY: the struct is valid for writing, and all zeros are a valid one.
    let usage = unsafe {
        libc::getrusage(libc::RUSAGE_SELF, usage.as_mut_ptr());
        usage.assume_init()
    };
    (usage.ru_minflt, usage.ru_majflt)
}
