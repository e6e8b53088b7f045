//! The one app of the library.

use std::sync::{Mutex, MutexGuard, TryLockError};

use laconic_engine::{App, Failure, Payload, Request, memory, stack};

use crate::guard::Outcome;
use crate::{app_bytecode, app_features, fork, init_report, measures};

/// The app once it was loaded, or why it could not be. `None` before the first call.
struct Loaded(Option<Result<App, Failure>>);

// SAFETY: only reached through the lock below, so by one thread at a time; QuickJS keeps nothing
// in thread-locals, and the engine tells it each caller's stack.
unsafe impl Send for Loaded {}

static LIBRARY: Mutex<Loaded> = Mutex::new(Loaded(None));

/// Loads the app unless that has happened.
pub fn init() -> Outcome {
    fork::watch();
    let library = &mut lock();
    with_stack(|| {
        measures::prepare(loaded(library)?);
        Ok(None)
    })
}

/// Serves a request, loading the app first when nobody has.
pub fn handle(request: &Request<'_>) -> Result<Payload, Failure> {
    fork::watch();
    let library = &mut lock();
    with_stack(|| {
        let app = loaded(library)?;
        measures::prepare(app);
        let result =
            measures::of(app, request, |app| init_report::after_first(app.startup(), || app.handle(request)));
        if app.is_spent() {
            library.0 = None;
            memory::give_back();
        }
        result
    })
}

/// Whether no thread is inside; does not wait.
pub fn is_at_rest() -> bool {
    !matches!(LIBRARY.try_lock(), Err(TryLockError::WouldBlock))
}

/// Runs `act` with enough stack for the engine, whatever thread the host calls from.
fn with_stack<R>(act: impl FnOnce() -> R) -> R {
    if stack::is_small() {
        // SAFETY: the caller holds the library's lock, and waits: the app is used by one thread at a
        // time, and QuickJS keeps nothing in thread-locals.
        return unsafe { stack::on_larger(act) };
    }
    act()
}

fn loaded(library: &mut Loaded) -> Result<&mut App, Failure> {
    let app = library.0.get_or_insert_with(|| App::load_with(app_bytecode::bytes(), app_features::table()));
    let app = app.as_mut().map_err(|failure| failure.clone())?;
    if fork::take_copied() {
        app.leave_parent();
    }
    Ok(app)
}

/// The library, for this thread alone. After a panic the app is what an unwound call left of it, so
/// that the next call loads another.
fn lock() -> MutexGuard<'static, Loaded> {
    LIBRARY.lock().unwrap_or_else(|poisoned| {
        let mut library = poisoned.into_inner();
        library.0 = None;
        LIBRARY.clear_poison();
        library
    })
}
