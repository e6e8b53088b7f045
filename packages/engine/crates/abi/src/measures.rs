//! The metrics of the host itself: one line a request, when LACONIC_METRICS asks for metrics.

use std::env;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use laconic_engine::{
    AFTER_RESPONSE, App, Failure, Payload, Request, Startup, WORK_AFTER_RESPONSE, write_all,
};
use laconic_measures::{Cold, Declared, Function, Measured, line, process};

/// Names the sink of the app's own metrics. The host's are lines of the log with each of them, which costs no call.
const VARIABLE: &str = "LACONIC_METRICS";
const SINKS: [&str; 3] = ["emf", "cloudwatch", "otlp"];

/// What the build reads, too: `{"service":{"name":"…`.
const DESCRIBE: &str = "$describe";
const BEFORE_NAME: &str = "{\"service\":{\"name\":\"";

const AFTER_RESTORE: &str = "$afterRestore";

const STDOUT: i32 = 1;

/// Nobody looked yet, none are wanted, they are.
static STATE: AtomicU8 = AtomicU8::new(UNKNOWN);
const UNKNOWN: u8 = 0;
const OFF: u8 = 1;
const ON: u8 = 2;

/// The host says when it has sent an answer, so that lines can wait until then.
static IS_DEFERRED: AtomicBool = AtomicBool::new(false);
/// This process was restored from a snapshot: what the start of the one that was kept took says nothing of it.
static IS_RESTORED: AtomicBool = AtomicBool::new(false);
static SERVED_ONE: AtomicBool = AtomicBool::new(false);
static KEPT: Mutex<Kept> =
    Mutex::new(Kept { service: None, age: None, requests: Vec::new(), declared: Declared::new() });

struct Kept {
    service: Option<String>,
    /// How old the process was when the app had been loaded.
    age: Option<Duration>,
    /// Those whose lines are to be written.
    requests: Vec<Served>,
    declared: Declared,
}

/// What was measured of a request. Its line is made when it is written: no request waits for that.
struct Served {
    path: String,
    error_type: Option<String>,
    timestamp: u64,
    response_bytes: u64,
    dispatch: Duration,
    remaining: Option<(Duration, Duration)>,
    cold: Option<Cold>,
}

/// Learns what the lines need, in the init phase: no request pays for it.
pub fn prepare(app: &mut App) {
    if !are_wanted() || kept().service.is_some() {
        return;
    }
    let age = process::age();
    let service = service_of(app);
    let mut kept = kept();
    kept.age = age;
    kept.service = Some(service);
}

/// Runs a request, and measures it if that is wanted.
pub fn of(
    app: &mut App,
    request: &Request<'_>,
    handle: impl FnOnce(&mut App) -> Result<Payload, Failure>,
) -> Result<Payload, Failure> {
    if !are_wanted() {
        return handle(app);
    }
    if request.function_name.starts_with('$') {
        return handle(app).map(|answer| heard(request.function_name, answer));
    }
    let startup = app.startup();
    let start = remaining(request.deadline_ms);
    let begun = Instant::now();
    let result = handle(app);
    let dispatch = begun.elapsed();
    let end = remaining(request.deadline_ms);
    let answered = |payload: &Payload| match laconic_stream::sent() {
        0 => payload.body.len() as u64,
        streamed => streamed,
    };
    let cold = (!SERVED_ONE.swap(true, Relaxed)).then(|| cold(startup));
    kept().requests.push(Served {
        path: request.function_name.into(),
        error_type: result.as_ref().err().map(|failure| failure.error_type.clone()),
        timestamp: now().as_millis() as u64,
        response_bytes: result.as_ref().map(answered).unwrap_or_default(),
        dispatch,
        remaining: start.zip(end),
        cold,
    });
    if !IS_DEFERRED.load(Relaxed) {
        publish();
    }
    result
}

/// Takes what a notice says to the lines as well; returns its answer.
fn heard(notice: &str, answer: Payload) -> Payload {
    match notice {
        AFTER_RESTORE => IS_RESTORED.store(true, Relaxed),
        AFTER_RESPONSE => {
            IS_DEFERRED.store(true, Relaxed);
            publish();
        }
        WORK_AFTER_RESPONSE if answer.body == b"null" => {
            return Payload { body: b"\"write\"".to_vec(), ..answer };
        }
        _ => {}
    }
    answer
}

/// Writes what waits.
fn publish() {
    let mut kept = kept();
    let Kept { service, requests, declared, .. } = &mut *kept;
    let name = env::var("AWS_LAMBDA_FUNCTION_NAME").unwrap_or_default();
    let service = service.as_deref().unwrap_or_default();
    for served in requests.drain(..) {
        let measured = Measured {
            timestamp: served.timestamp,
            uptime: process::machine_uptime(),
            response_bytes: served.response_bytes,
            dispatch: served.dispatch,
            remaining: served.remaining,
            resident_bytes: process::resident_bytes(),
            error_type: served.error_type.as_deref(),
            cold: served.cold,
        };
        let line = line(&Function { service, path: &served.path, name: &name }, &measured, declared);
        write_all(STDOUT, line.as_bytes());
    }
}

fn are_wanted() -> bool {
    if STATE.load(Relaxed) == UNKNOWN {
        let is_on = env::var(VARIABLE).is_ok_and(|sink| SINKS.contains(&sink.as_str()));
        STATE.store(if is_on { ON } else { OFF }, Relaxed);
    }
    STATE.load(Relaxed) == ON
}

/// The age was taken when the app had been loaded; what is not the engine's or the app's part of it came before both.
fn cold(Startup { machine, evaluation }: Startup) -> Cold {
    let age = kept().age.filter(|_| !IS_RESTORED.load(Relaxed));
    Cold { init: age.map(|age| [age.saturating_sub(machine + evaluation), machine, evaluation]) }
}

fn service_of(app: &mut App) -> String {
    let described = app.handle(&Request { function_name: DESCRIBE, ..Request::default() });
    let json = described.map(|payload| payload.body).unwrap_or_default();
    let json = String::from_utf8_lossy(&json);
    let mut characters = json.strip_prefix(BEFORE_NAME).unwrap_or_default().chars();
    let mut name = String::new();
    while let Some(character) = characters.next().filter(|character| *character != '"') {
        // An escape stands for what no namespace may have, as a backslash does.
        name.push(character);
        if character == '\\' {
            characters.next();
        }
    }
    name
}

fn remaining(deadline_ms: i64) -> Option<Duration> {
    let deadline = u64::try_from(deadline_ms).ok().filter(|deadline| *deadline > 0)?;
    Some(Duration::from_millis(deadline).saturating_sub(now()))
}

fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

fn kept() -> MutexGuard<'static, Kept> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner)
}
