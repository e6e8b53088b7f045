//! The one app of the library.

use std::sync::{Mutex, MutexGuard, PoisonError};

use laconic_engine::{App, Failure, Payload, Request};

use crate::guard::Outcome;
use crate::{app_bytecode, app_features, init_report};

/// The app once it was loaded, or why it could not be. `None` before the first call.
struct Loaded(Option<Result<App, Failure>>);

// SAFETY: only reached through the lock below, so by one thread at a time; QuickJS keeps nothing
// in thread-locals, and the engine tells it each caller's stack.
unsafe impl Send for Loaded {}

static LIBRARY: Mutex<Loaded> = Mutex::new(Loaded(None));

/// Loads the app unless that has happened.
pub fn init() -> Outcome {
    match app(&mut lock()) {
        Ok(_) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Serves a request, loading the app first when nobody has.
pub fn handle(request: &Request<'_>) -> Result<Payload, Failure> {
    let mut library = lock();
    let app = app(&mut library)?;
    let result = init_report::after_first(app.startup(), || app.handle(request));
    if app.is_spent() {
        library.0 = None;
    }
    result
}

fn app(library: &mut Loaded) -> Result<&mut App, Failure> {
    let loaded =
        library.0.get_or_insert_with(|| App::load_with(app_bytecode::bytes(), app_features::table()));
    loaded.as_mut().map_err(|failure| failure.clone())
}

/// A panic while the lock was held failed one request; the app is as usable as after any other.
fn lock() -> MutexGuard<'static, Loaded> {
    LIBRARY.lock().unwrap_or_else(PoisonError::into_inner)
}
