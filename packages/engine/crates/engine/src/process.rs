//! `process`, as a global and as a module. What belongs to the host process is read when asked for.

use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::{env, io, process};

use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::object::Accessor;
use rquickjs::prelude::{Func, Opt, Rest, This};
use rquickjs::{
    Array, BigInt, CatchResultExt, Coerced, Ctx, Exception, Function, Object, Persistent, Promise, Result,
    Value,
};

use crate::clock::since_origin;
use crate::failure::{Failure, Status};
use crate::{environment, signals, text};

/// The Node version whose behaviour the engine follows; libraries choose features by it.
pub const NODE_VERSION: &str = "22.23.3";

const NAMES: [&str; 23] = [
    "abort",
    "arch",
    "argv",
    "argv0",
    "cwd",
    "emitWarning",
    "env",
    "execArgv",
    "execPath",
    "exit",
    "hrtime",
    "kill",
    "memoryUsage",
    "nextTick",
    "off",
    "on",
    "once",
    "pid",
    "platform",
    "stderr",
    "stdout",
    "version",
    "versions",
];

/// Puts `process` on the global object.
pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    let process = Object::new(ctx.clone())?;
    process.set("env", environment::object(ctx)?)?;
    process.set("platform", "linux")?;
    process.set("arch", arch())?;
    process.set("version", concat_version())?;
    process.set("exitCode", rquickjs::Undefined)?;
    process.set("execArgv", Array::new(ctx.clone())?)?;
    process.set("versions", versions(ctx)?)?;
    process.set("release", release(ctx)?)?;
    host_properties(&process)?;
    functions(ctx, &process)?;
    process.set("stdout", stream(ctx, 1)?)?;
    process.set("stderr", stream(ctx, 2)?)?;
    ctx.globals().set("process", process)
}

/// The processor's architecture, in Node's words.
pub fn arch() -> &'static str {
    if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" }
}

fn concat_version() -> String {
    format!("v{NODE_VERSION}")
}

fn versions<'js>(ctx: &Ctx<'js>) -> Result<Object<'js>> {
    let versions = Object::new(ctx.clone())?;
    versions.set("node", NODE_VERSION)?;
    versions.set("laconic", env!("CARGO_PKG_VERSION"))?;
    versions.set("quickjs", crate::quickjs_version())?;
    Ok(versions)
}

fn release<'js>(ctx: &Ctx<'js>) -> Result<Object<'js>> {
    let release = Object::new(ctx.clone())?;
    release.set("name", "node")?;
    Ok(release)
}

/// Accessors, because an image of the heap outlives the process that it was taken from.
fn host_properties(process: &Object<'_>) -> Result<()> {
    let lazy = |name: &str, value: fn() -> String| {
        process.prop(name, Accessor::new_get(value).enumerable().configurable())
    };
    lazy("argv0", || env::args().next().unwrap_or_default())?;
    lazy("execPath", || {
        env::current_exe().map(|path| path.to_string_lossy().into_owned()).unwrap_or_default()
    })?;
    process
        .prop("argv", Accessor::new_get(|| env::args().collect::<Vec<_>>()).enumerable().configurable())?;
    process.prop("pid", Accessor::new_get(process::id).enumerable().configurable())
}

fn functions<'js>(ctx: &Ctx<'js>, process: &Object<'js>) -> Result<()> {
    let hrtime = Function::new(ctx.clone(), hrtime)?;
    hrtime.set("bigint", Func::from(|ctx: Ctx<'js>| BigInt::from_u64(ctx, since_origin())))?;
    process.set("hrtime", hrtime)?;
    process.set("uptime", Func::from(|| since_origin() as f64 / 1e9))?;
    process.set("cwd", Func::from(cwd))?;
    process.set("exit", Func::from(exit))?;
    process.set("reallyExit", Func::from(exit))?;
    process.set("abort", Func::from(abort))?;
    process.set("kill", Func::from(kill))?;
    process.set("nextTick", Func::from(next_tick))?;
    process.set("memoryUsage", Func::from(memory_usage))?;
    process.set("emitWarning", Func::from(emit_warning))?;
    process.set("umask", Func::from(|| 0o022))?;
    for listen in ["on", "once", "off", "addListener", "removeListener", "removeAllListeners"] {
        // The host owns signals and exit; a listener for them is accepted and never called.
        process.set(listen, Func::from(|this: This<Object<'js>>, _: Rest<Value<'js>>| this.0))?;
    }
    process.set("emit", Func::from(|_: Rest<Value<'js>>| false))?;
    process.set("listenerCount", Func::from(|_: Rest<Value<'js>>| 0))
}

fn hrtime<'js>(ctx: Ctx<'js>, earlier: Opt<Vec<f64>>) -> Result<Vec<f64>> {
    let mut nanoseconds = since_origin() as f64;
    if let Some(earlier) = earlier.0 {
        match earlier[..] {
            [seconds, rest] => nanoseconds -= seconds * 1e9 + rest,
            _ => {
                return Err(Exception::throw_type(
                    &ctx,
                    "process.hrtime() takes what it returned: [seconds, nanoseconds]",
                ));
            }
        }
    }
    Ok(vec![(nanoseconds / 1e9).floor(), nanoseconds.rem_euclid(1e9)])
}

fn cwd(ctx: Ctx<'_>) -> Result<String> {
    env::current_dir()
        .map(|path| path.to_string_lossy().into_owned())
        .map_err(|error| Exception::throw_message(&ctx, &format!("process.cwd(): {error}")))
}

/// Whether the host was asked to end.
static IS_ENDING: AtomicBool = AtomicBool::new(false);

/// Whether the app has something to do when the host is asked to end.
pub fn listens_to_termination(ctx: &Ctx<'_>) -> bool {
    let count = || -> Result<f64> {
        let process: Object = ctx.globals().get("process")?;
        process.get::<_, Function>("listenerCount")?.call((This(process), "SIGTERM"))
    };
    count().is_ok_and(|count| count > 0.0)
}

/// Tells the app's listeners that the host was asked to end; the promise never settles.
pub fn announce_termination(ctx: &Ctx<'_>) -> core::result::Result<Persistent<Promise<'static>>, Failure> {
    IS_ENDING.store(true, Relaxed);
    let announced = || -> Result<_> {
        let (promise, _, _) = Promise::new(ctx)?;
        let process: Object = ctx.globals().get("process")?;
        let emit: Function = process.get("emit")?;
        emit.call::<_, Value>((This(process), "SIGTERM", "SIGTERM", libc::SIGTERM))?;
        Ok(Persistent::save(ctx, promise))
    };
    announced().catch(ctx).map_err(|error| Failure::caught(error, Status::FunctionError))
}

/// The process is the host's; ending it would take every other request along, unless it is to end.
fn exit<'js>(ctx: Ctx<'js>, code: Opt<Value<'js>>) -> Result<()> {
    let code = code.0.filter(|code| !code.is_undefined());
    let code = code.and_then(|code| code.get::<Coerced<i32>>().ok()).map(|code| code.0);
    if IS_ENDING.load(Relaxed) {
        end(&ctx, code)?;
    }
    Err(refuse(&ctx, &format!("process.exit({})", code.unwrap_or(0))))
}

/// Ends the process, after the app's listeners for "exit". What the host would do at its own end is left out: it may
/// be waiting for this very call.
fn end(ctx: &Ctx<'_>, code: Option<i32>) -> Result<()> {
    let process: Object = ctx.globals().get("process")?;
    let set: Option<Coerced<i32>> = process.get("exitCode")?;
    let code = code.or(set.map(|code| code.0)).unwrap_or(0);
    process.get::<_, Function>("emit")?.call::<_, Value>((This(process), "exit", code))?;
    // What cannot be written is lost either way.
    let _ = io::stdout().flush();
    // SAFETY: it takes a number alone, and does not return.
    unsafe { libc::_exit(code) }
}

fn abort(ctx: Ctx<'_>) -> Result<()> {
    Err(refuse(&ctx, "process.abort()"))
}

/// Other processes may be sent signals: those that the app has started. The host's own may be asked for.
fn kill<'js>(ctx: Ctx<'js>, pid: Coerced<i32>, signal: Opt<Value<'js>>) -> Result<bool> {
    let signal = signal.0.filter(|signal| !signal.is_undefined());
    let number = match &signal {
        None => Some(libc::SIGTERM),
        Some(signal) => match signal.as_string() {
            Some(name) => signals::number(&text::lossy(name)),
            None => signal.get::<Coerced<i32>>().ok().map(|number| number.0),
        },
    };
    let Some(number) = number else {
        return Err(Exception::throw_type(&ctx, "Unknown signal"));
    };
    let is_own = pid.0 <= 0 || pid.0 as u32 == process::id();
    if is_own && number != 0 {
        return Err(refuse(&ctx, &format!("process.kill({}, {number})", pid.0)));
    }
    // SAFETY: a plain system call.
    if unsafe { libc::kill(pid.0, number) } == 0 {
        return Ok(true);
    }
    Err(Exception::throw_message(&ctx, &format!("kill {}", io::Error::last_os_error())))
}

fn refuse(ctx: &Ctx<'_>, call: &str) -> rquickjs::Error {
    let message =
        format!("The function called {call}. The process belongs to its host; return or throw instead.");
    let made = Exception::from_message(ctx.clone(), &message)
        .and_then(|error| error.as_object().set("errorType", "ProcessExit").map(|()| error));
    match made {
        Ok(error) => ctx.throw(error.into_object().into_value()),
        Err(error) => error,
    }
}

fn next_tick<'js>(callback: Function<'js>, arguments: Rest<Value<'js>>) -> Result<()> {
    callback.defer((Rest(arguments.0),))
}

fn memory_usage<'js>(ctx: Ctx<'js>) -> Result<Object<'js>> {
    // SAFETY: the runtime of a live context; the struct is filled whole.
    let usage = unsafe {
        let mut usage = core::mem::MaybeUninit::<rquickjs::qjs::JSMemoryUsage>::zeroed();
        let runtime = rquickjs::qjs::JS_GetRuntime(ctx.as_raw().as_ptr());
        rquickjs::qjs::JS_ComputeMemoryUsage(runtime, usage.as_mut_ptr());
        usage.assume_init()
    };
    let result = Object::new(ctx)?;
    result.set("rss", resident())?;
    result.set("heapTotal", usage.malloc_size as f64)?;
    result.set("heapUsed", usage.memory_used_size as f64)?;
    result.set("external", 0)?;
    result.set("arrayBuffers", 0)?;
    Ok(result)
}

/// Bytes of the process that are in memory; the second field of statm, in pages.
fn resident() -> f64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    statm.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()).unwrap_or_default() * 4096.0
}

fn emit_warning<'js>(warning: Value<'js>, _: Rest<Value<'js>>) {
    let text = match warning.as_object() {
        Some(error) => error.get::<_, Coerced<String>>("message").map(|message| message.0),
        None => warning.get::<Coerced<String>>().map(|message| message.0),
    };
    // A warning that cannot be written is not worth an error.
    let _ = writeln!(io::stderr(), "Warning: {}", text.unwrap_or_default());
}

/// The part of a Node stream that programs use on stdout and stderr.
fn stream<'js>(ctx: &Ctx<'js>, descriptor: i32) -> Result<Object<'js>> {
    let stream = Object::new(ctx.clone())?;
    stream.set("fd", descriptor)?;
    stream.set("isTTY", false)?;
    stream.set("writable", true)?;
    stream
        .set("write", Func::from(move |chunk: Value<'js>, _: Rest<Value<'js>>| write(descriptor, &chunk)))?;
    for chained in ["on", "once", "off", "end", "removeListener"] {
        stream.set(chained, Func::from(|this: This<Object<'js>>, _: Rest<Value<'js>>| this.0))?;
    }
    Ok(stream)
}

fn write(descriptor: i32, chunk: &Value<'_>) -> bool {
    let bytes = match chunk
        .as_object()
        .and_then(|object| rquickjs::TypedArray::<u8>::from_object(object.clone()).ok())
    {
        Some(array) => laconic_quickjs::bytes::copied(&array),
        None => chunk.get::<Coerced<String>>().map(|text| text.0.into_bytes()).unwrap_or_default(),
    };
    let written =
        if descriptor == 1 { io::stdout().write_all(&bytes) } else { io::stderr().write_all(&bytes) };
    written.is_ok()
}

/// The built-in module `process`.
pub struct ProcessModule;

impl ModuleDef for ProcessModule {
    fn declare(declare: &Declarations) -> Result<()> {
        for name in NAMES {
            declare.declare(name)?;
        }
        declare.declare("default")?;
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        let process: Object = ctx.globals().get("process")?;
        for name in NAMES {
            exports.export(name, process.get::<_, Value>(name)?)?;
        }
        exports.export("default", process)?;
        Ok(())
    }
}
