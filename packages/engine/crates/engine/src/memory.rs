//! How much memory an app may have, and what is left for it to say so when it has had it all.
//!
//! The limit counts the whole arena, so that buffers which belong to Rust count as much as objects
//! that belong to QuickJS.

use std::env;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

use laconic_arena::Arena;

/// Share of a function's memory that an app may fill; the rest is the host's and the system's.
const SHARE_PERCENT: usize = 75;

/// After each refusal the ceiling rises by this much, so that the error can be built, caught and
/// reported. Without it QuickJS throws `null`.
const STEP: usize = 256 << 10;

/// Share of the limit that a request which ran out of memory may leave in use.
const EXHAUSTED_PERCENT: usize = 75;

/// The ceiling never rises further than this above the limit.
const RESERVE: usize = 4 << 20;

static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);
static CEILING: AtomicUsize = AtomicUsize::new(usize::MAX);
static AFTER_COLLECTION: AtomicUsize = AtomicUsize::new(0);
static REFUSED: AtomicBool = AtomicBool::new(false);

/// The function's memory size, which also says how much of a processor it has.
pub fn function_megabytes() -> Option<usize> {
    env::var("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").ok()?.parse().ok()
}

/// Reads the function's memory size and puts the limit in force.
pub fn limit_to_function() {
    let arena = Arena.reserved() / 100 * SHARE_PERCENT;
    let limit =
        function_megabytes().map_or(arena, |megabytes| arena.min((megabytes << 20) / 100 * SHARE_PERCENT));
    LIMIT.store(limit, Relaxed);
    AFTER_COLLECTION.store(0, Relaxed);
    CEILING.store(limit, Relaxed);
    Arena.set_limit(limit.saturating_add(RESERVE));
}

/// Whether QuickJS may have a block of `size` bytes.
#[inline]
pub fn admits(size: usize) -> bool {
    is_plenty(size) || admits_above_limit(size)
}

/// Whether a block of `size` bytes is far from the limit, so that nothing else has to be asked.
#[inline]
pub fn is_plenty(size: usize) -> bool {
    Arena.used().saturating_add(size) <= LIMIT.load(Relaxed)
}

#[cold]
fn admits_above_limit(size: usize) -> bool {
    let (used, limit) = (Arena.used(), LIMIT.load(Relaxed));
    if used <= limit {
        CEILING.store(limit, Relaxed);
        // Small blocks come from units that are counted already; only a large one adds its size.
        if size <= STEP {
            return true;
        }
    } else if used.saturating_add(size) <= CEILING.load(Relaxed) {
        return true;
    }
    REFUSED.store(true, Relaxed);
    CEILING.store(used.max(limit).saturating_add(STEP).min(limit.saturating_add(RESERVE)), Relaxed);
    false
}

/// Whether memory was refused since the last call of [`forget_refusals`].
pub fn was_refused() -> bool {
    REFUSED.load(Relaxed)
}

/// A request that begins has nothing to do with what an earlier one was refused.
pub fn forget_refusals() {
    REFUSED.store(false, Relaxed);
}

/// Whether too little is left for another request, once the garbage is gone.
pub fn is_exhausted() -> bool {
    Arena.used() > LIMIT.load(Relaxed) / 100 * EXHAUSTED_PERCENT
}

/// Whether so much is in use, and so much more than after the last collection, that looking for
/// garbage is worth its time.
pub fn wants_collection() -> bool {
    let limit = LIMIT.load(Relaxed);
    Arena.used() > (limit / 2).max(AFTER_COLLECTION.load(Relaxed).saturating_add(limit / 16))
}

/// Notes how much the collection that was just made has left.
pub fn collected() {
    AFTER_COLLECTION.store(Arena.used(), Relaxed);
}

/// Gives the system what is free: after a request that had all the memory, the host would go without it.
pub fn give_back() {
    Arena.decommit();
}

/// What the error says to do.
pub fn exhaustion() -> String {
    format!(
        "Out of memory: the app may use {} MB, {SHARE_PERCENT} % of the function's memory. Raise the function's memorySize, \
         or keep less at a time.",
        LIMIT.load(Relaxed) >> 20
    )
}
