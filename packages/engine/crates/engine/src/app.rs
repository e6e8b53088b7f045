//! An app: one ES module, evaluated once, whose export `Lambda` serves every request.

use std::time::{Duration, Instant};

use laconic_sockets::Parting;
use rquickjs::promise::PromiseState;
use rquickjs::{CatchResultExt, Ctx, Function, Module, Object, Persistent, Promise, Value};

use crate::bytecode::Parts;
use crate::deadline::{Armed, Deadline};
use crate::event_loop::{self, Stall};
use crate::failure::{Failure, Status};
use crate::feature::Feature;
use crate::linked::Linked;
use crate::payload::Payload;
use crate::vm::Vm;
use crate::{
    bytecode, environment, features, formatter, frames, invocation, memory, process, random, rejections, text,
};

/// The export that the engine calls: `Lambda(functionName, eventJson, contextJson)`.
const ENTRY: &str = "Lambda";

/// Names under which a host says that the process is about to be kept as a snapshot, was made from one, or is to end.
const BEFORE_SNAPSHOT: &str = "$beforeSnapshot";
const AFTER_RESTORE: &str = "$afterRestore";
const TERMINATE: &str = "$terminate";

/// Asks whether the app has work for the time after a response, and has it done.
pub const WORK_AFTER_RESPONSE: &str = "$workAfterResponse";
pub const AFTER_RESPONSE: &str = "$afterResponse";
/// The entry's property with the kind of work: null, "write" or "send".
const WORK: &str = "workAfterResponse";

/// A loaded app. Not for several threads at once; the ABI holds a lock.
pub struct App {
    // Before the machine, so that it is dropped first: its value lies in the machine's heap.
    entry: Persistent<Function<'static>>,
    vm: Vm,
    is_spent: bool,
    startup: Startup,
}

/// How long an app took to load.
#[derive(Clone, Copy, Debug, Default)]
pub struct Startup {
    /// Making the machine, with what every app finds in it.
    pub machine: Duration,
    /// Reading the app's bytecode and evaluating its modules.
    pub evaluation: Duration,
}

/// One request.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request<'a> {
    pub function_name: &'a str,
    /// The event, JSON.
    pub event: &'a str,
    /// The invocation's context, a JSON object.
    pub context: &'a str,
    pub credentials: Credentials<'a>,
    /// When Lambda ends the request: Unix time in milliseconds, 0 for never.
    pub deadline_ms: i64,
}

/// The role's credentials; `None` leaves what the environment holds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Credentials<'a> {
    pub access_key_id: Option<&'a str>,
    pub secret_access_key: Option<&'a str>,
    pub session_token: Option<&'a str>,
}

/// What the entry returned: already a result, or a promise of one.
enum Started {
    Finished(Payload),
    Pending(Persistent<Promise<'static>>),
}

impl App {
    /// Evaluates the app in `sealed` bytecode, waiting for top-level awaits. It finds every feature.
    pub fn load(sealed: &'static [u8]) -> Result<App, Failure> {
        App::load_with(sealed, features::ALL)
    }

    /// As [`App::load`], with the features of `table` and what they require, and no others.
    pub fn load_with(sealed: &'static [u8], table: &[&'static Feature]) -> Result<App, Failure> {
        let Parts { code, table: positions, console } = bytecode::open(sealed)?;
        frames::explain_by(positions);
        formatter::provide(console);
        let begun = Instant::now();
        let mut vm = Vm::new(&Linked::new(table)?)?;
        let machine = begun.elapsed();
        let deadline = Deadline::none();
        let evaluation = vm.with(|ctx| evaluate(&ctx, code))?;
        event_loop::settle(&mut vm, &evaluation.promise, &deadline).map_err(init_stall)?;
        let entry = vm.with(|ctx| entry_of(&ctx, evaluation))?;
        rejections::report();
        let startup = Startup { machine, evaluation: begun.elapsed().saturating_sub(machine) };
        Ok(App { entry, vm, is_spent: false, startup })
    }

    /// Serves one request, or one of the host's notices. After any failure the next one can be served.
    pub fn handle(&mut self, request: &Request<'_>) -> Result<Payload, Failure> {
        match request.function_name {
            BEFORE_SNAPSHOT => self.before_snapshot(request),
            AFTER_RESTORE => self.after_restore(request),
            TERMINATE => self.terminate(request),
            WORK_AFTER_RESPONSE => Ok(self.work_after_response().map_or_else(null, json)),
            AFTER_RESPONSE => self.after_response(request),
            _ => self.serve(request),
        }
    }

    // Large, and called in several places.
    #[inline(never)]
    fn serve(&mut self, request: &Request<'_>) -> Result<Payload, Failure> {
        request.credentials.apply();
        self.vm.enter_thread();
        let number = invocation::begin(request.context);
        laconic_timers::set_origin(number);
        memory::forget_refusals();
        let deadline = Deadline::of_request(request.deadline_ms);
        let armed = deadline.arm();
        let result = self.run(request, &deadline, &armed);
        let was_stopped = armed.interrupted() || deadline.has_passed();
        let ran_out = memory::was_refused() && result.is_err();
        self.clear_up(number, was_stopped || ran_out);
        if memory::was_refused() {
            self.vm.collect();
            self.is_spent |= ran_out && memory::is_exhausted();
            memory::give_back();
        }
        drop(armed);
        // One that came with the result belongs to this request, not to the next.
        let uncaught = rejections::take_exception(number);
        rejections::report();
        match (result, uncaught) {
            (Ok(_), Some(failure)) => Err(failure),
            (result, _) => result,
        }
    }

    /// Prepares the process for being kept as a snapshot: the app's own hooks, then every socket is closed.
    fn before_snapshot(&mut self, request: &Request<'_>) -> Result<Payload, Failure> {
        let result = unless_unknown(self.serve(request));
        self.close_connections();
        result
    }

    /// Makes the process one of its own after a restore: what was connected is gone, and no other restored
    /// from the same snapshot may draw the same random numbers. Clocks are read at every call anyway.
    fn after_restore(&mut self, request: &Request<'_>) -> Result<Payload, Failure> {
        self.close_connections();
        random::reseed();
        unless_unknown(self.serve(request))
    }

    /// The host was asked to end (SIGTERM): calls the app's listeners, and runs what they started until nothing is
    /// left to do. From then on `process.exit` ends the process. `false` means that the app has no listener, and
    /// that the host should end as it would without one.
    fn terminate(&mut self, request: &Request<'_>) -> Result<Payload, Failure> {
        if !self.vm.with(|ctx| process::listens_to_termination(&ctx)) {
            return Ok(json("false"));
        }
        self.vm.enter_thread();
        laconic_timers::set_origin(invocation::begin(request.context));
        let deadline = Deadline::of_request(request.deadline_ms);
        let _armed = deadline.arm();
        let pending = self.vm.with(|ctx| process::announce_termination(&ctx))?;
        match event_loop::settle(&mut self.vm, &pending, &deadline) {
            Ok(()) | Err(Stall::Idle) => Ok(json("true")),
            Err(stall) => Err(stalled(stall, TERMINATE, &deadline)),
        }
    }

    /// Has the app do what it kept for the time after a response, such as sending metrics. Costs no call of JavaScript
    /// where there is nothing of the kind.
    fn after_response(&mut self, request: &Request<'_>) -> Result<Payload, Failure> {
        if self.work_after_response().is_none() {
            return Ok(null());
        }
        let result = self.serve(request);
        // What is left of it, such as connections that close, would be the next request's.
        let deadline = Deadline::of_request(request.deadline_ms);
        let _armed = deadline.arm();
        event_loop::catch_up(&mut self.vm, &deadline)
            .map_err(|stall| stalled(stall, AFTER_RESPONSE, &deadline))?;
        result
    }

    /// The kind of work, as JSON.
    fn work_after_response(&mut self) -> Option<&'static str> {
        let entry = self.entry.clone();
        self.vm.with(|ctx| {
            let work: String = entry.restore(&ctx).and_then(|entry| entry.get(WORK)).ok()?;
            Some(if work == "send" { "\"send\"" } else { "\"write\"" })
        })
    }

    /// Their owners hear of it when the next request begins, before its function is called.
    fn close_connections(&mut self) {
        self.vm.with(|ctx| laconic_sockets::part(&ctx, Parting::Closed));
        self.vm.reactor().stop();
    }

    /// Lets go of what a forked process shares with its parent: sockets, timers of the system, and the
    /// sequence of random numbers.
    pub fn leave_parent(&mut self) {
        self.vm.with(|ctx| laconic_sockets::part(&ctx, Parting::Shared));
        self.vm.reactor().abandon();
        random::reseed();
    }

    /// How long this app took to load.
    pub fn startup(&self) -> Startup {
        self.startup
    }

    /// Whether the app has to be loaded anew: an endless chain of jobs outlived its request, and would
    /// take its share of every later one, or what the request left fills the memory. Lambda, too, starts
    /// afresh after a timeout, and when memory runs out.
    pub fn is_spent(&self) -> bool {
        self.is_spent
    }

    /// Parts the request from those that follow. One that was stopped, or has filled the memory, is not
    /// continued by its timers.
    fn clear_up(&mut self, number: u64, was_stopped: bool) {
        let something_left = self.vm.with(|ctx| {
            if was_stopped && laconic_timers::remove_of(&ctx, number).is_err() {
                ctx.catch();
            }
            laconic_timers::next_deadline(&ctx).is_some() || event_loop::has_jobs(&ctx)
        });
        if something_left {
            invocation::remember();
        }
        self.vm.collect_when_scarce();
    }

    fn run(&mut self, request: &Request<'_>, deadline: &Deadline, armed: &Armed) -> Result<Payload, Failure> {
        let name = request.function_name;
        let timed_out = |failure: Failure| {
            if armed.interrupted() { expired(name, deadline, failure.stack) } else { failure }
        };
        if deadline.has_passed() {
            return Err(expired(name, deadline, Vec::new()));
        }
        event_loop::catch_up(&mut self.vm, deadline).map_err(|stall| stalled(stall, name, deadline))?;
        let entry = self.entry.clone();
        match self.vm.with(|ctx| start(&ctx, entry, request)).map_err(timed_out)? {
            Started::Finished(payload) => {
                // In Node they are run, and what they throw ends the process, before the result is sent.
                self.vm.with(|ctx| event_loop::run_ticks(&ctx));
                Ok(payload)
            }
            Started::Pending(promise) => {
                if let Err(stall) = event_loop::settle(&mut self.vm, &promise, deadline) {
                    self.is_spent =
                        matches!(stall, Stall::Expired) && self.vm.with(|ctx| event_loop::has_jobs(&ctx));
                    return Err(stalled(stall, name, deadline));
                }
                self.vm.with(|ctx| outcome(&ctx, promise, name)).map_err(timed_out)
            }
        }
    }
}

/// An app that knows nothing of the notice has nothing to do for it.
fn unless_unknown(result: Result<Payload, Failure>) -> Result<Payload, Failure> {
    match result {
        Err(Failure { status: Status::UnknownFunction, .. }) => Ok(null()),
        result => result,
    }
}

fn null() -> Payload {
    json("null")
}

fn json(text: &str) -> Payload {
    Payload { body: text.as_bytes().to_vec(), content_type: "application/json".into() }
}

impl Credentials<'_> {
    fn apply(&self) {
        environment::set_when_changed("AWS_ACCESS_KEY_ID", self.access_key_id);
        environment::set_when_changed("AWS_SECRET_ACCESS_KEY", self.secret_access_key);
        environment::set_when_changed("AWS_SESSION_TOKEN", self.session_token);
    }
}

/// A module whose evaluation has begun.
struct Evaluation {
    namespace: Persistent<Object<'static>>,
    promise: Persistent<Promise<'static>>,
}

fn evaluate(ctx: &Ctx<'_>, code: &'static [u8]) -> Result<Evaluation, Failure> {
    // SAFETY: `bytecode::open` found the code whole and written by this very engine; it stays for functions
    // that are read later.
    unsafe { Module::load(ctx.clone(), code) }
        .and_then(Module::eval)
        .and_then(|(module, promise)| {
            let namespace = Persistent::save(ctx, module.namespace()?);
            Ok(Evaluation { namespace, promise: Persistent::save(ctx, promise) })
        })
        .catch(ctx)
        .map_err(|error| Failure::caught(error, Status::InitFailed))
}

fn entry_of(ctx: &Ctx<'_>, evaluation: Evaluation) -> Result<Persistent<Function<'static>>, Failure> {
    let entry = (|| {
        let promise = evaluation.promise.restore(ctx)?;
        rejections::forget(promise.as_value());
        promise.result::<Value>().transpose()?;
        let namespace = evaluation.namespace.restore(ctx)?;
        let exported: Value = namespace.get(ENTRY)?;
        if let Some(function) = exported.into_function() {
            return Ok(Some(Persistent::save(ctx, function)));
        }
        let default: Option<Object> = namespace.get::<_, Value>("default")?.into_object();
        let function = default.map(|default| default.get::<_, Value>(ENTRY)).transpose()?;
        Ok(function.and_then(Value::into_function).map(|function| Persistent::save(ctx, function)))
    })();
    entry.catch(ctx).map_err(|error| Failure::caught(error, Status::InitFailed))?.ok_or_else(|| {
        Failure::new(
            Status::InitFailed,
            "NoEntry",
            format!("The app's bundle has no exported function \"{ENTRY}\". Build it with `npx @laconic/cli build`, which adds it."),
        )
    })
}

fn start(
    ctx: &Ctx<'_>,
    entry: Persistent<Function<'static>>,
    request: &Request<'_>,
) -> Result<Started, Failure> {
    let returned = (|| {
        let arguments = (
            text::to_js(ctx, request.function_name)?,
            text::to_js(ctx, request.event)?,
            text::to_js(ctx, request.context)?,
        );
        entry.restore(ctx)?.call::<_, Value>(arguments)
    })();
    let value = returned.catch(ctx).map_err(|error| Failure::caught(error, Status::FunctionError))?;
    match value.as_promise() {
        Some(promise) => Ok(Started::Pending(Persistent::save(ctx, promise.clone()))),
        None => Payload::of_value(&value, request.function_name).map(Started::Finished),
    }
}

/// The result of a settled promise.
fn outcome(ctx: &Ctx<'_>, promise: Persistent<Promise<'static>>, function: &str) -> Result<Payload, Failure> {
    let promise = promise
        .restore(ctx)
        .map_err(|error| Failure::new(Status::Panic, "EngineError", error.to_string()))?;
    debug_assert!(promise.state() != PromiseState::Pending);
    match promise.result::<Value>() {
        Some(Ok(value)) => Payload::of_value(&value, function),
        _ => {
            // The engine is the one that listens to this promise.
            rejections::forget(promise.as_value());
            Err(Failure::of_value(&ctx.catch(), Status::FunctionError))
        }
    }
}

fn stalled(stall: Stall, function: &str, deadline: &Deadline) -> Failure {
    match stall {
        Stall::Expired => expired(function, deadline, Vec::new()),
        Stall::Uncaught(failure) => failure,
        Stall::System(error) => system(error),
        Stall::Idle => Failure::new(
            Status::FunctionError,
            "NeverSettled",
            format!(
                "Function \"{function}\" never settled: its promise is pending, and nothing is left that could settle it \
                 (no timer, no I/O, no job). The usual cause is a callback that is never called, or a response that is never ended."
            ),
        ),
    }
}

fn init_stall(stall: Stall) -> Failure {
    match stall {
        Stall::Uncaught(failure) => Failure { status: Status::InitFailed, ..failure },
        Stall::System(error) => Failure { status: Status::InitFailed, ..system(error) },
        Stall::Idle | Stall::Expired => Failure::new(
            Status::InitFailed,
            "NeverSettled",
            "The app never finished loading: a top-level await waits for a promise, and nothing is left that could settle it \
             (no timer, no I/O, no job).",
        ),
    }
}

fn expired(function: &str, deadline: &Deadline, stack: Vec<String>) -> Failure {
    let message = format!(
        "Function \"{function}\" was stopped after {:.3} s, shortly before its deadline.",
        deadline.elapsed().as_secs_f64()
    );
    Failure { stack, ..Failure::new(Status::FunctionError, "Timeout", message) }
}

fn system(error: std::io::Error) -> Failure {
    Failure::new(Status::FunctionError, "EngineError", format!("The engine cannot wait for I/O: {error}."))
}
