//! The private module `laconic:processes`, on which `child_process` is written in JavaScript.

use std::ffi::OsString;

use laconic_quickjs::bytes::copied;
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::Func;
use rquickjs::{Array, Ctx, Exception, Function, Object, Result, TypedArray};

use crate::blocking::{self, Limits, Outcome};
use crate::child::{Channel, Program};
use crate::connect;
use crate::handle::Resource;
use crate::link;
use crate::module::{number, open};
use crate::table::with_table;

pub struct ProcessesModule;

impl ModuleDef for ProcessesModule {
    fn declare(declare: &Declarations<'_>) -> Result<()> {
        declare.declare("start")?;
        declare.declare("runToEnd")?;
        declare.declare("kill")?;
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        link::install();
        // Made now, as the sockets' module does.
        with_table(ctx, |_| ())?;
        exports.export("start", Func::from(start))?;
        exports.export("runToEnd", Func::from(run_to_end))?;
        exports.export("kill", Func::from(kill))?;
        Ok(())
    }
}

/// `start(program, listener)`: `{ id, pid, pipes }`, the pipes by the program's descriptors; or the error's
/// number.
fn start<'js>(ctx: Ctx<'js>, program: Object<'js>, listener: Function<'js>) -> Result<Object<'js>> {
    let started = Object::new(ctx.clone())?;
    let program = read(&ctx, &program)?;
    match program.start() {
        Err(error) => started.set("errno", number(&error))?,
        Ok(running) => {
            started.set("pid", running.pid)?;
            started.set("id", open(&ctx, Resource::Running(running.exit), listener)?)?;
            let pipes = Array::new(ctx.clone())?;
            for (index, pipe) in running.pipes.into_iter().enumerate() {
                let Some(stream) = pipe else { continue };
                let resource = Resource::Connecting(connect::pair(stream));
                let id = with_table(&ctx, |table| table.insert(resource, None))?;
                pipes.set(index, id as f64)?;
            }
            started.set("pipes", pipes)?;
        }
    }
    Ok(started)
}

/// Runs a program and waits for it: `{ pid, code, signal, output, errno }`.
fn run_to_end<'js>(
    ctx: Ctx<'js>,
    program: Object<'js>,
    input: Option<TypedArray<'js, u8>>,
    timeout: f64,
    largest: f64,
    signal: i32,
) -> Result<Object<'js>> {
    let described = Object::new(ctx.clone())?;
    // Copied: what reads the program may run JavaScript.
    let input = input.map(|input| copied(&input)).unwrap_or_default();
    let program = read(&ctx, &program)?;
    let limits = Limits::new(timeout, largest, signal);
    match blocking::run(program, input, &limits) {
        Err(error) => described.set("errno", number(&error))?,
        Ok(Outcome { pid, end: [code, by], outputs, errno }) => {
            described.set("pid", pid)?;
            described.set("code", code)?;
            described.set("signal", by)?;
            if let Some(errno) = errno {
                described.set("errno", errno)?;
            }
            let list = Array::new(ctx.clone())?;
            for (index, output) in outputs.into_iter().enumerate() {
                if let Some(bytes) = output {
                    list.set(index, TypedArray::<u8>::new(ctx.clone(), bytes)?)?;
                }
            }
            described.set("output", list)?;
        }
    }
    Ok(described)
}

/// Sends a signal to a process: 0, or the error's number.
fn kill(pid: i32, signal: i32) -> i32 {
    // SAFETY: the call takes numbers alone.
    match unsafe { libc::kill(pid, signal) } {
        0 => 0,
        _ => number(&std::io::Error::last_os_error()),
    }
}

/// All of it is read before anything is done: what JavaScript gives may run code of its own.
fn read(ctx: &Ctx<'_>, given: &Object<'_>) -> Result<Program> {
    let text = |name: &str| given.get::<_, Option<String>>(name).map(|text| text.map(OsString::from));
    let list = |name: &str| given.get::<_, Vec<String>>(name);
    let environment = list("env")?
        .into_iter()
        .filter_map(|pair| pair.split_once('=').map(|(name, value)| (name.into(), value.into())))
        .collect();
    let channels = given.get::<_, Vec<i32>>("stdio")?.into_iter().map(|descriptor| match descriptor {
        -1 => Channel::Pipe,
        -2 => Channel::Ignore,
        descriptor => Channel::Shared(descriptor),
    });
    let file = text("file")?.ok_or_else(|| Exception::throw_type(ctx, "there is no program to start"))?;
    Ok(Program {
        file,
        arguments: list("args")?.into_iter().map(OsString::from).collect(),
        arg0: text("argv0")?,
        environment,
        folder: text("cwd")?,
        uid: given.get("uid")?,
        gid: given.get("gid")?,
        is_detached: given.get("detached")?,
        channels: channels.collect(),
    })
}
