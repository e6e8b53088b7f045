//! The loop.

use std::io::{self, ErrorKind};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use laconic_stream::with_sink;

use crate::api::Api;
use crate::connection::{Response, Wait};
use crate::context::Context;
use crate::credentials::{Container, Credentials};
use crate::environment::Environment;
use crate::extension::Extension;
use crate::invocation::Invocation;
use crate::streaming::Streaming;
use crate::termination::Termination;

/// What Lambda takes of a result that is sent whole: 6 MiB and 100 bytes.
const LARGEST_RESULT: usize = 6_291_556;

/// Times that asking for an event may fail in a row, for a connection that broke.
const ATTEMPTS: u32 = 3;

/// As long as Lambda waits between SIGTERM and SIGKILL.
const SHUTDOWN: Duration = Duration::from_secs(2);

/// One call of the app.
pub struct Call<'a> {
    /// Name of the function, or of a notice; those begin with a dollar sign.
    pub function: &'a str,
    pub event: &'a [u8],
    /// JSON.
    pub context: &'a str,
    pub credentials: Option<&'a Credentials>,
    /// Unix time in milliseconds; 0 for never.
    pub deadline_ms: i64,
}

/// How a call ended: the result with its type, or Lambda's error JSON.
pub type Answer<'a> = Result<(&'a [u8], &'a str), &'a [u8]>;

/// The app that is served.
pub trait App {
    /// Loads it; an error is Lambda's JSON.
    fn init(&mut self) -> Result<(), Vec<u8>>;

    /// Runs one call; what it answers is lent to `take`, so that nothing is copied.
    fn handle(&mut self, call: &Call<'_>, take: &mut dyn FnMut(Answer<'_>));
}

/// Serves the Runtime API until the process is to end; returns its exit code.
pub fn run(app: &mut dyn App) -> i32 {
    match serve(app) {
        Ok(()) => 0,
        Err(reason) => {
            eprintln!("{reason}");
            1
        }
    }
}

fn serve(app: &mut dyn App) -> Result<(), String> {
    let environment = Environment::read()?;
    let mut api = Api::new(&environment.api);
    let termination = Termination::watch().map_err(|error| format!("LAC6404: no pipe: {error}"))?;
    let mut extension = start(app, &environment, &mut api)?;
    let mut container = Container::of_environment();
    let mut context = Context::default();
    loop {
        let mut ended = None;
        let mut act = || {
            ended = terminate(app);
            ended.is_some()
        };
        // Before an event is asked for, which would be lost.
        let next = termination
            .heed(&mut act)
            .and_then(|()| next(&mut api, &mut |stream| termination.wait(stream, &mut act)));
        if let Some(end) = ended {
            return end;
        }
        let next = next
            .map_err(|error| format!("LAC6404: {error}. The process ends, and Lambda starts another one."))?;
        let invocation = Invocation::read(next, &mut context).map_err(|error| format!("LAC6404: {error}"))?;
        let credentials = container.as_mut().map(Container::current);
        answer(app, &environment.function, &invocation, credentials, &mut api);
        after_response(app, "", invocation.deadline_ms);
        if extension.as_mut().is_some_and(|extension| extension.turn().is_err()) {
            extension = None;
        }
    }
}

/// Loads the app, which is to happen in Lambda's init phase, and lives through the snapshot.
fn start(app: &mut dyn App, environment: &Environment, api: &mut Api) -> Result<Option<Extension>, String> {
    let refused =
        environment.refusal.as_ref().map(|reason| laconic_json::error("Laconic.RuntimeError", reason, &[]));
    if let Err(error) = refused.map_or_else(|| app.init(), Err) {
        let told = api.fail_init(&error);
        return Err(failed_start(&error, told.map(drop)));
    }
    let sends = tell(app, "$workAfterResponse", "", 0).is_ok_and(|work| work == b"\"send\"");
    let extension = if sends { Extension::register(&environment.api) } else { None };
    if environment.is_snap_start {
        notify(app, "$beforeSnapshot")
            .map_err(|error| failed_start(&error, api.fail_init(&error).map(drop)))?;
        api.restored().map_err(|error| format!("LAC6404: {error}"))?;
        notify(app, "$afterRestore")
            .map_err(|error| failed_start(&error, api.fail_restore(&error).map(drop)))?;
    }
    Ok(extension)
}

fn failed_start(error: &[u8], told: io::Result<()>) -> String {
    let text = String::from_utf8_lossy(error).into_owned();
    match told {
        Ok(()) => text,
        Err(reason) => format!("{text}\nThe Runtime API could not be told: {reason}"),
    }
}

fn notify(app: &mut dyn App, notice: &str) -> Result<(), Vec<u8>> {
    tell(app, notice, "", 0).map(drop)
}

/// What the response did not wait for. Lambda lets the sandbox run until the next event is asked for.
fn after_response(app: &mut dyn App, context: &str, deadline_ms: i64) {
    // What goes wrong in it is the app's own to tell of: the answer has been sent.
    let _ = tell(app, "$afterResponse", context, deadline_ms);
}

/// Has the app's listeners for SIGTERM called. None when they leave the process running; without any it ends, and so it does
/// after what one of them throws.
fn terminate(app: &mut dyn App) -> Option<Result<(), String>> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let deadline_ms = (now + SHUTDOWN).as_millis() as i64;
    after_response(app, "{\"isLast\":true}", deadline_ms);
    match tell(app, "$terminate", "", deadline_ms) {
        Ok(heard) if heard == b"false" => Some(Ok(())),
        Ok(_) => None,
        Err(error) => Some(Err(String::from_utf8_lossy(&error).into_owned())),
    }
}

fn tell(app: &mut dyn App, notice: &str, context: &str, deadline_ms: i64) -> Result<Vec<u8>, Vec<u8>> {
    let event = deadline_ms.to_string();
    let call = Call { function: notice, event: event.as_bytes(), context, credentials: None, deadline_ms };
    let mut result = Ok(Vec::new());
    app.handle(&call, &mut |answer| {
        result = answer.map(|(body, _)| body.to_vec()).map_err(<[u8]>::to_vec);
    });
    result
}

/// Asks for the next event. Reconnects when the connection breaks: no event was handed out on it.
fn next(api: &mut Api, wait: Wait<'_>) -> io::Result<Response> {
    let mut attempt = 1;
    loop {
        match api.next(wait) {
            Err(error) if attempt < ATTEMPTS && is_transport(&error) => attempt += 1,
            outcome => return outcome,
        }
    }
}

fn is_transport(error: &io::Error) -> bool {
    !matches!(error.kind(), ErrorKind::Other | ErrorKind::InvalidData | ErrorKind::Interrupted)
}

/// A copy of an [`Answer`]: body and content type, or the error as JSON.
type KeptAnswer = Result<(Vec<u8>, String), Vec<u8>>;

/// Runs the function and sends what it answers. A response that the API refuses is logged: the next event
/// may be another's.
fn answer(
    app: &mut dyn App,
    function: &str,
    invocation: &Invocation,
    credentials: Option<&Credentials>,
    api: &mut Api,
) {
    let Invocation { request_id, deadline_ms, context, event } = invocation;
    let call = Call { function, event, context, credentials, deadline_ms: *deadline_ms };
    // What the function returns is lent only while it is in `handle`, which the stream is borrowed for: a
    // copy is made of what is sent afterwards.
    let mut kept: Option<KeptAnswer> = None;
    let mut stream = Streaming::new(api, request_id);
    with_sink(&mut stream, || {
        app.handle(&call, &mut |answer| {
            kept = Some(answer.map(|(body, kind)| (body.to_vec(), kind.to_owned())).map_err(<[u8]>::to_vec));
        });
    });
    let kept = kept.unwrap_or_else(|| {
        Err(laconic_json::error("Laconic.RuntimeError", "LAC6405: the app gave no answer", &[]))
    });
    let sent = if stream.is_open() {
        stream.finish(kept.as_ref().err().map(Vec::as_slice))
    } else {
        match kept {
            Ok((body, _)) if body.len() > LARGEST_RESULT => api.fail(request_id, &too_large(body.len())),
            Ok((body, kind)) => api.respond(request_id, &body, &kind),
            Err(error) => api.fail(request_id, &error),
        }
    };
    match sent {
        Ok(response) if response.status < 300 => {}
        Ok(response) => {
            let body = String::from_utf8_lossy(&response.body).into_owned();
            eprintln!("LAC6406: the answer to {request_id} was refused with {}: {body}", response.status);
        }
        Err(error) => eprintln!("LAC6406: the answer to {request_id} could not be sent: {error}"),
    }
}

fn too_large(size: usize) -> Vec<u8> {
    let message = format!(
        "LAC6110: the result has {size} bytes and Lambda takes {LARGEST_RESULT}; put what is larger in S3 and return its \
         address, or stream the response"
    );
    laconic_json::error("Function.ResponseSizeTooLarge", &message, &[])
}
