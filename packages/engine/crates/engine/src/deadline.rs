//! Until when the current request may run.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::memory;

/// Time that reporting a timeout takes before Lambda kills the sandbox: some of it passes on the way to
/// Lambda and back, the rest is work, and takes as much longer as the function has less of a processor.
const ON_THE_WAY: Duration = Duration::from_millis(20);
const WORK: Duration = Duration::from_millis(30);

/// Megabytes of memory with which a function has one whole processor.
/// https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html
const WHOLE_PROCESSOR: f64 = 1769.0;

/// A request whose whole time is short gives up no more than this part of it.
const LARGEST_PART: u32 = 4;

/// The request that JavaScript runs for, as the interrupt handler sees it. One word each, because
/// the handler runs in the midst of the interpreter.
static EXPIRES: AtomicU64 = AtomicU64::new(u64::MAX);
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// The end of a request's time.
#[derive(Clone, Copy, Debug)]
pub struct Deadline {
    started: Instant,
    at: Option<Instant>,
}

impl Deadline {
    /// No end; for what happens outside a request.
    pub fn none() -> Deadline {
        Deadline { started: Instant::now(), at: None }
    }

    /// The end of a request that Lambda stops at `epoch_milliseconds` (Unix time; 0 for never).
    pub fn of_request(epoch_milliseconds: i64) -> Deadline {
        let started = Instant::now();
        if epoch_milliseconds <= 0 {
            return Deadline { started, at: None };
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let left = Duration::from_millis(epoch_milliseconds as u64).saturating_sub(now);
        let margin = margin().min(left / LARGEST_PART);
        // A deadline too far away for the clock is none.
        Deadline { started, at: started.checked_add(left - margin) }
    }

    pub fn has_passed(&self) -> bool {
        self.at.is_some_and(|at| at <= Instant::now())
    }

    /// The earlier of the deadline and `other`.
    pub fn or_earlier(&self, other: Option<Instant>) -> Option<Instant> {
        match (self.at, other) {
            (Some(at), Some(other)) => Some(at.min(other)),
            (at, other) => at.or(other),
        }
    }

    pub fn elapsed(&self) -> Duration {
        self.started.elapsed()
    }

    /// Makes the interpreter stop at the deadline, until the guard is dropped.
    pub fn arm(&self) -> Armed {
        INTERRUPTED.store(false, Relaxed);
        EXPIRES.store(self.at.map_or(u64::MAX, nanoseconds), Relaxed);
        Armed(())
    }
}

/// What is left of an invocation's time for reporting that it ran out.
fn margin() -> Duration {
    let share = memory::function_megabytes().map_or(1.0, |megabytes| megabytes as f64 / WHOLE_PROCESSOR);
    ON_THE_WAY + WORK.div_f64(share.clamp(0.05, 1.0))
}

/// While it lives, a deadline is in force.
pub struct Armed(());

impl Armed {
    /// Whether the interpreter was stopped.
    pub fn interrupted(&self) -> bool {
        INTERRUPTED.load(Relaxed)
    }
}

impl Drop for Armed {
    fn drop(&mut self) {
        EXPIRES.store(u64::MAX, Relaxed);
    }
}

/// What QuickJS asks every few thousand operations: whether to stop.
pub fn interrupt() -> bool {
    let expires = EXPIRES.load(Relaxed);
    let stop = expires != u64::MAX && nanoseconds(Instant::now()) >= expires;
    if stop {
        INTERRUPTED.store(true, Relaxed);
    }
    stop
}

/// The monotonic clock as a number. `Instant` has no such thing, so it is counted from the first use.
fn nanoseconds(instant: Instant) -> u64 {
    static ORIGIN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let origin = *ORIGIN.get_or_init(Instant::now);
    instant.saturating_duration_since(origin).as_nanos() as u64
}
