//! How the event loop reaches the handles: by pointers that the module sets when it is evaluated.
//!
//! The engine's event loop is in every library. Were it to call the handles' code by name, so would
//! that code be, TLS and all, also where no app can reach it.

use std::sync::OnceLock;
use std::task::Context;

use rquickjs::{CaughtError, Ctx};

use crate::parting::Parting;
use crate::table;

/// Takes note of what is going on; true when there is something to report.
type Poll = fn(&Ctx<'_>, &mut Context<'_>) -> bool;
/// Whether there is, or may be, something to report.
type Look = fn(&Ctx<'_>) -> bool;
type Dispatch = for<'js> fn(&Ctx<'js>, &mut dyn FnMut()) -> Result<bool, CaughtError<'js>>;

type Part = fn(&Ctx<'_>, Parting);

struct Entries {
    poll: Poll,
    dispatch: Dispatch,
    is_open: Look,
    is_awaited: Look,
    part: Part,
}

static ENTRIES: OnceLock<Entries> = OnceLock::new();

/// Lets the event loop find the handles. Called by the module, and so by whoever can make any.
pub fn install() {
    ENTRIES.get_or_init(|| Entries {
        poll: table::poll,
        dispatch: |ctx, after| table::dispatch(ctx, after),
        is_open: table::is_open,
        is_awaited: table::is_awaited,
        part: table::part,
    });
}

/// Whether there are handles at all.
pub fn is_open(ctx: &Ctx<'_>) -> bool {
    ENTRIES.get().is_some_and(|entries| (entries.is_open)(ctx))
}

/// Whether a handle may report something that a request waits for.
pub fn is_awaited(ctx: &Ctx<'_>) -> bool {
    ENTRIES.get().is_some_and(|entries| (entries.is_awaited)(ctx))
}

/// Moves every handle on without waiting, within a tokio runtime; true when `dispatch` has work.
pub fn poll(ctx: &Ctx<'_>, cx: &mut Context<'_>) -> bool {
    ENTRIES.get().is_some_and(|entries| (entries.poll)(ctx, cx))
}

/// Reports the events that were there when it was called, each followed by `after` (which drains the
/// job queue). Returns whether there were any, and the first exception; those behind it stay queued.
pub fn dispatch<'js>(ctx: &Ctx<'js>, mut after: impl FnMut()) -> Result<bool, CaughtError<'js>> {
    ENTRIES.get().map_or(Ok(false), |entries| (entries.dispatch)(ctx, &mut after))
}

/// Gives up all connections, lookups and servers; `dispatch` tells their owners.
pub fn part(ctx: &Ctx<'_>, parting: Parting) {
    if let Some(entries) = ENTRIES.get() {
        (entries.part)(ctx, parting);
    }
}
