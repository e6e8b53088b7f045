//! `console`, as Node prints it: one record a call.
//!
//! What is neither text nor a number is formatted by JavaScript that an app's bundle brings along when
//! it uses the console; it is evaluated when the first such value is printed. See [`formatter`].

use std::cell::RefCell;
use std::collections::HashMap;
use std::time::Instant;

use laconic_timers::origin;
use rquickjs::function::This;
use rquickjs::prelude::{Func, Opt, Rest};
use rquickjs::{Coerced, Ctx, Exception, JsLifetime, Object, Result, Value};

use crate::formatter::{self, format};
use crate::record::{self, Level, Stream};
use crate::{frames, log_fields};

/// What `console` remembers between calls.
#[derive(Default, JsLifetime)]
struct Memory(RefCell<State>);

#[derive(Default)]
struct State {
    /// Columns that groups are indented by.
    indentation: usize,
    counts: HashMap<String, u64>,
    started: HashMap<String, Instant>,
}

// SAFETY: nothing in it has the lifetime 'js.
unsafe impl<'js> JsLifetime<'js> for State {
    type Changed<'to> = State;
}

/// Columns of one group.
const GROUP: usize = 2;

/// Puts `console` on the global object.
pub fn init(ctx: &Ctx<'_>) -> Result<()> {
    let console = Object::new(ctx.clone())?;
    levels(&console)?;
    structured(&console)?;
    labelled(&console)?;
    ctx.globals().set("console", console)
}

/// Name, level and stream of the methods that print what they are given.
const LEVELS: [(&str, Level, Stream); 7] = [
    ("debug", Level::Debug, Stream::Out),
    ("error", Level::Error, Stream::Err),
    ("fatal", Level::Fatal, Stream::Err),
    ("info", Level::Info, Stream::Out),
    ("log", Level::Info, Stream::Out),
    ("warn", Level::Warn, Stream::Err),
    ("dirxml", Level::Info, Stream::Out),
];

fn levels(console: &Object<'_>) -> Result<()> {
    for (name, level, stream) in LEVELS {
        console.set(name, Func::from(printer(level, stream)))?;
    }
    console.set("trace", Func::from(trace))
}

fn printer(level: Level, stream: Stream) -> impl for<'js> Fn(Ctx<'js>, Rest<Value<'js>>) -> Result<()> {
    move |ctx, values| print(&ctx, level, stream, &values)
}

fn structured(console: &Object<'_>) -> Result<()> {
    console.set("assert", Func::from(assert))?;
    console.set("dir", Func::from(dir))?;
    console.set("table", Func::from(table))?;
    console.set("group", Func::from(group))?;
    console.set("groupCollapsed", Func::from(group))?;
    console.set("groupEnd", Func::from(|ctx| indent(&ctx, |columns| columns.saturating_sub(GROUP))))?;
    console.set("clear", Func::from(|| ()))
}

fn labelled(console: &Object<'_>) -> Result<()> {
    console.set("count", Func::from(count))?;
    console.set("countReset", Func::from(count_reset))?;
    console.set("time", Func::from(time))?;
    console.set("timeEnd", Func::from(|ctx, label| time_log(ctx, label, Rest(Vec::new()), true)))?;
    console.set("timeLog", Func::from(|ctx, label, rest| time_log(ctx, label, rest, false)))
}

/// Prints one record.
fn print<'js>(ctx: &Ctx<'js>, level: Level, stream: Stream, values: &[Value<'js>]) -> Result<()> {
    if !level.is_enabled() {
        return Ok(());
    }
    if record::is_json() {
        return print_json(ctx, level, stream, values);
    }
    let text = frames::original_text(format(ctx, values)?);
    record::write_text(level, stream, &indented(ctx, text));
    Ok(())
}

fn print_json<'js>(ctx: &Ctx<'js>, level: Level, stream: Stream, values: &[Value<'js>]) -> Result<()> {
    match log_fields::finished_record(values) {
        Some(finished) => record::write_finished(level, stream, &finished),
        None => record::write_json(level, stream, origin(), &log_fields::of(ctx, values)?),
    }
    Ok(())
}

fn print_text(ctx: &Ctx<'_>, level: Level, stream: Stream, text: &str) -> Result<()> {
    let text = rquickjs::String::from_str(ctx.clone(), text)?.into_value();
    print(ctx, level, stream, &[text])
}

fn indented(ctx: &Ctx<'_>, text: String) -> String {
    match with_state(ctx, |state| state.indentation) {
        0 => text,
        columns => {
            let blanks = " ".repeat(columns);
            format!("{blanks}{}", text.replace('\n', &format!("\n{blanks}")))
        }
    }
}

fn indent(ctx: &Ctx<'_>, change: fn(usize) -> usize) {
    with_state(ctx, |state| state.indentation = change(state.indentation));
}

fn trace<'js>(ctx: Ctx<'js>, values: Rest<Value<'js>>) -> Result<()> {
    let text = format(&ctx, &values)?;
    let error = Exception::from_message(ctx.clone(), "")?;
    let stack = error.stack().unwrap_or_default();
    let frames = stack.lines().filter(|line| line.trim_start().starts_with("at "));
    let headline = if text.is_empty() { "Trace".to_owned() } else { format!("Trace: {text}") };
    let text = frames.fold(headline, |text, frame| format!("{text}\n    {}", frame.trim()));
    print_text(&ctx, Level::Trace, Stream::Err, &text)
}

fn assert<'js>(ctx: Ctx<'js>, condition: Opt<Coerced<bool>>, values: Rest<Value<'js>>) -> Result<()> {
    if condition.0.is_some_and(|condition| condition.0) {
        return Ok(());
    }
    const FAILED: &str = "Assertion failed";
    let Some(first) = values.first() else { return print_text(&ctx, Level::Warn, Stream::Err, FAILED) };
    let mut values = values.0.clone();
    match first.as_string() {
        Some(text) => {
            let text = format!("{FAILED}: {}", crate::text::lossy(text));
            values[0] = rquickjs::String::from_str(ctx.clone(), &text)?.into_value();
        }
        None => {
            values.insert(0, rquickjs::String::from_str(ctx.clone(), &format!("{FAILED}:"))?.into_value())
        }
    }
    print(&ctx, Level::Warn, Stream::Err, &values)
}

fn dir<'js>(ctx: Ctx<'js>, value: Opt<Value<'js>>, options: Opt<Value<'js>>) -> Result<()> {
    let value = value.0.unwrap_or_else(|| Value::new_undefined(ctx.clone()));
    let text = formatter::inspect(&ctx, value, options.0)?;
    print_text(&ctx, Level::Info, Stream::Out, &text)
}

fn table<'js>(ctx: Ctx<'js>, values: Rest<Value<'js>>) -> Result<()> {
    match formatter::table(&ctx, &values)? {
        Some(text) => print_text(&ctx, Level::Info, Stream::Out, &text),
        None => print(&ctx, Level::Info, Stream::Out, &values),
    }
}

fn group<'js>(ctx: Ctx<'js>, values: Rest<Value<'js>>) -> Result<()> {
    if !values.is_empty() {
        print(&ctx, Level::Info, Stream::Out, &values)?;
    }
    indent(&ctx, |columns| columns + GROUP);
    Ok(())
}

type Label = Opt<Coerced<String>>;

fn name(label: Label) -> String {
    label.0.map_or_else(|| "default".into(), |label| label.0)
}

fn count(ctx: Ctx<'_>, label: Label) -> Result<()> {
    let label = name(label);
    let count = with_state(&ctx, |state| {
        let count = state.counts.entry(label.clone()).or_default();
        *count += 1;
        *count
    });
    print_text(&ctx, Level::Info, Stream::Out, &format!("{label}: {count}"))
}

fn count_reset(ctx: Ctx<'_>, label: Label) -> Result<()> {
    let label = name(label);
    match with_state(&ctx, |state| state.counts.remove(&label)) {
        Some(_) => Ok(()),
        None => warn(&ctx, &format!("Count for '{label}' does not exist")),
    }
}

fn time(ctx: Ctx<'_>, label: Label) -> Result<()> {
    let label = name(label);
    let is_new = with_state(&ctx, |state| {
        let is_new = !state.started.contains_key(&label);
        if is_new {
            state.started.insert(label.clone(), Instant::now());
        }
        is_new
    });
    if is_new { Ok(()) } else { warn(&ctx, &format!("Label '{label}' already exists for console.time()")) }
}

fn time_log<'js>(ctx: Ctx<'js>, label: Label, rest: Rest<Value<'js>>, is_end: bool) -> Result<()> {
    let label = name(label);
    let started = with_state(&ctx, |state| {
        if is_end { state.started.remove(&label) } else { state.started.get(&label).copied() }
    });
    let Some(started) = started else {
        let method = if is_end { "timeEnd" } else { "timeLog" };
        return warn(&ctx, &format!("No such label '{label}' for console.{method}()"));
    };
    let elapsed = duration(started.elapsed().as_secs_f64() * 1000.0);
    let headline = rquickjs::String::from_str(ctx.clone(), &format!("{label}: {elapsed}"))?.into_value();
    let values: Vec<Value<'_>> = std::iter::once(headline).chain(rest.0).collect();
    print(&ctx, Level::Info, Stream::Out, &values)
}

/// What Node says through process.emitWarning.
fn warn(ctx: &Ctx<'_>, message: &str) -> Result<()> {
    let process: Object = ctx.globals().get("process")?;
    let emit: rquickjs::Function = process.get("emitWarning")?;
    emit.call((This(process), message))
}

/// Milliseconds in the largest unit that fits, as Node writes them.
fn duration(milliseconds: f64) -> String {
    let (seconds, minutes, hours) = (milliseconds / 1e3, milliseconds / 6e4, milliseconds / 3.6e6);
    let clock = |whole: f64, part: f64| format!("{}:{part:02}", whole as u64, part = part as u64);
    if hours >= 1.0 {
        format!("{}:{:02} (h:mm:ss)", clock(hours, minutes % 60.0), (seconds % 60.0) as u64)
    } else if minutes >= 1.0 {
        format!("{}:{:06.3} (m:ss.mmm)", minutes as u64, seconds % 60.0)
    } else if seconds >= 1.0 {
        format!("{seconds:.3}s")
    } else {
        format!("{}ms", (milliseconds * 1000.0).round() / 1000.0)
    }
}

fn with_state<R>(ctx: &Ctx<'_>, act: impl FnOnce(&mut State) -> R) -> R {
    if ctx.userdata::<Memory>().is_none() {
        let _ = ctx.store_userdata(Memory::default());
    }
    match ctx.userdata::<Memory>() {
        Some(memory) => act(&mut memory.0.borrow_mut()),
        // Only while the context's data is borrowed for writing, which nothing here does.
        None => act(&mut State::default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_node_writes_them() {
        assert_eq!(duration(0.1234), "0.123ms");
        assert_eq!(duration(12.0), "12ms");
        assert_eq!(duration(1234.5), "1.234s");
        assert_eq!(duration(61_500.0), "1:01.500 (m:ss.mmm)");
        assert_eq!(duration(3_661_000.0), "1:01:01 (h:mm:ss)");
    }
}
