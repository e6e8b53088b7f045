//! What an app can do wrong, and that the next request is served all the same.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use laconic_arena::Arena;
use laconic_engine::{App, Extras, Failure, Payload, Request, Status, compile};

#[global_allocator]
static ARENA: Arena = Arena;

/// The engine serves one app a process, one request at a time.
fn alone() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn load(source: &str) -> Result<App, Failure> {
    App::load(compile("app.mjs", source.as_bytes(), Extras::default())?.leak())
}

fn call(app: &mut App, name: &str, milliseconds: u64) -> Result<Payload, Failure> {
    let end = SystemTime::now() + Duration::from_millis(milliseconds);
    let deadline_ms = end.duration_since(UNIX_EPOCH).unwrap().as_millis() as i64;
    app.handle(&Request {
        function_name: name,
        event: "null",
        context: "{}",
        deadline_ms,
        ..Request::default()
    })
}

/// Calls a handler made of `body`, then a good one.
fn failure_of(body: &str) -> Failure {
    let _alone = alone();
    let source = format!("export const Lambda = (name) => name === 'good' ? '\"good\"' : ({body})();");
    let mut app = load(&source).unwrap();
    let failure = call(&mut app, "bad", 200).unwrap_err();
    assert_eq!(call(&mut app, "good", 1000).unwrap().body, b"\"good\"");
    failure
}

#[test]
fn an_error_keeps_type_message_stack_and_causes() {
    let failure = failure_of("() => { throw new TypeError('outer', { cause: new RangeError('inner') }) }");
    assert_eq!(
        (failure.status, failure.error_type.as_str(), failure.message.as_str()),
        (Status::FunctionError, "TypeError", "outer")
    );
    assert!(
        failure.stack[0].starts_with("at ") && failure.stack[0].contains("app.mjs:1:"),
        "{:?}",
        failure.stack
    );
    assert!(failure.stack.iter().any(|line| line == "Caused by: RangeError: inner"), "{:?}", failure.stack);
}

#[test]
fn an_error_may_name_its_own_type() {
    assert_eq!(
        failure_of("() => { throw Object.assign(new Error('m'), { errorType: 'Mine' }) }").error_type,
        "Mine"
    );
}

#[test]
fn an_error_whose_properties_throw_is_still_an_error() {
    let failure = failure_of("() => { throw { get message() { throw 1 }, get name() { throw 2 } } }");
    assert_eq!(failure.error_type, "Error");
}

#[test]
fn a_thrown_value_is_described() {
    for (thrown, message) in [
        ("'text'", "text"),
        ("42", "42"),
        ("undefined", "undefined"),
        ("null", "null"),
        ("{a: 1}", "{\"a\":1}"),
    ] {
        let failure = failure_of(&format!("async () => {{ throw {thrown} }}"));
        assert_eq!((failure.error_type.as_str(), failure.message.as_str()), ("Error", message));
    }
}

#[test]
fn what_never_settles_is_said_at_once() {
    let started = Instant::now();
    let failure = failure_of("() => new Promise(() => {})");
    assert_eq!(failure.error_type, "NeverSettled");
    assert!(failure.message.contains("\"bad\""), "{}", failure.message);
    // Not a measure of speed: the deadline is at 150 ms, so waiting for it would show.
    assert!(started.elapsed() < Duration::from_secs(100));
}

#[test]
fn loops_end_at_the_deadline() {
    for body in [
        "() => { for (;;); }",
        "async () => { for (;;) await null }",
        "() => new Promise(() => setInterval(() => {}, 1))",
        "() => new Promise(() => setTimeout(() => {}, 60000))",
        "() => { try { for (;;); } catch { return '1' } finally { for (;;); } }",
    ] {
        assert_eq!(failure_of(body).error_type, "Timeout", "{body}");
    }
}

#[test]
fn deep_recursion_is_a_range_error() {
    assert_eq!(failure_of("() => { const f = () => 1 + f(); return f() }").error_type, "RangeError");
    assert_eq!(failure_of("() => JSON.parse('['.repeat(1e6))").status, Status::FunctionError);
    assert_eq!(failure_of("() => new RegExp('('.repeat(1e6))").status, Status::FunctionError);
}

#[test]
fn a_throw_in_a_callback_fails_the_request_and_later_timers_work() {
    let _alone = alone();
    let mut app = load(
        "export const Lambda = (name) => name === 'bad'
            ? new Promise(() => setTimeout(() => { throw new Error('in a timer') }, 1))
            : new Promise((resolve) => setTimeout(resolve, 1, '\"timer\"'));",
    )
    .unwrap();
    assert_eq!(call(&mut app, "bad", 1000).unwrap_err().message, "in a timer");
    assert_eq!(call(&mut app, "good", 1000).unwrap().body, b"\"timer\"");
}

#[test]
fn exit_is_an_error_of_the_function() {
    assert_eq!(failure_of("() => process.exit(3)").error_type, "ProcessExit");
}

#[test]
fn a_result_that_is_no_payload_is_named() {
    let failure = failure_of("() => ({})");
    assert_eq!(failure.error_type, "InvalidResult");
    assert!(failure.message.contains("\"bad\" is an object"), "{}", failure.message);
}

#[test]
fn an_app_without_entry_says_so() {
    let _alone = alone();
    let failure = load("export const other = 1").err().unwrap();
    assert_eq!((failure.status, failure.error_type.as_str()), (Status::InitFailed, "NoEntry"));
}

#[test]
fn an_entry_may_be_on_the_default_export() {
    let _alone = alone();
    let mut app = load("export default { Lambda: () => '1' }").unwrap();
    assert_eq!(call(&mut app, "f", 1000).unwrap().body, b"1");
}

#[test]
fn a_throw_at_load_is_an_init_failure() {
    let _alone = alone();
    for source in ["throw new Error('at load')", "await null; throw new Error('at load')"] {
        let failure = load(source).err().unwrap();
        assert_eq!((failure.status, failure.message.as_str()), (Status::InitFailed, "at load"));
    }
}

#[test]
fn top_level_await_may_wait_for_timers_and_sockets_but_not_for_nothing() {
    let _alone = alone();
    let waits = "import { connectTcp } from 'laconic:sockets';
        await new Promise((resolve) => setTimeout(resolve, 5));
        const event = await new Promise((seen) => connectTcp('127.0.0.1', 1, undefined, 0, seen));
        export const Lambda = () => JSON.stringify(event !== undefined);";
    assert_eq!(call(&mut load(waits).unwrap(), "f", 1000).unwrap().body, b"true");
    assert_eq!(load("await new Promise(() => {})").err().unwrap().error_type, "NeverSettled");
}

#[test]
fn a_syntax_error_or_an_unknown_import_does_not_compile() {
    let _alone = alone();
    let syntax = compile("app.mjs", b"const = 1", Extras::default()).unwrap_err();
    assert_eq!(syntax.error_type, "SyntaxError");
    assert!(syntax.stack[0].contains("app.mjs:1:"), "{:?}", syntax.stack);
    assert!(
        compile("app.mjs", b"import 'left-pad'", Extras::default()).unwrap_err().message.contains("left-pad")
    );
}

#[test]
fn what_a_timer_throws_is_charged_to_its_own_request() {
    let _alone = alone();
    let mut app = load(
        "export const Lambda = (name) => {
            if (name === 'leaves') { setTimeout(() => { throw new Error('later') }, 1); return '\"left\"' }
            return new Promise((resolve) => setTimeout(resolve, 10, '\"fine\"'));
        }",
    )
    .unwrap();
    assert_eq!(call(&mut app, "leaves", 1000).unwrap().body, b"\"left\"");
    assert_eq!(call(&mut app, "next", 1000).unwrap().body, b"\"fine\"");
}

#[test]
fn a_request_that_ran_out_of_time_is_not_continued_in_the_next() {
    let _alone = alone();
    let mut app = load(
        "let ticks = 0;
        export const Lambda = (name) => name === 'loops'
            ? new Promise(() => setInterval(() => ticks++, 1))
            : new Promise((resolve) => { const before = ticks; setTimeout(() => resolve(String(ticks - before)), 20) });",
    )
    .unwrap();
    assert_eq!(call(&mut app, "loops", 100).unwrap_err().error_type, "Timeout");
    assert_eq!(call(&mut app, "counts", 1000).unwrap().body, b"0");
}

#[test]
fn a_notice_that_the_app_does_not_know_is_no_error() {
    let _alone = alone();
    let mut app = load(
        "export const Lambda = (name) => {
            throw Object.assign(new Error(name), { code: name.startsWith('$') ? 'LAC3001' : 'other' })
        }",
    )
    .unwrap();
    for notice in ["$beforeSnapshot", "$afterRestore"] {
        assert_eq!(call(&mut app, notice, 1000).unwrap().body, b"null");
    }
    assert_eq!(call(&mut app, "$other", 1000).unwrap_err().status, Status::UnknownFunction);
}

#[test]
fn the_errors_of_an_aggregate_and_a_ring_of_causes_are_written_once() {
    let failure = failure_of(
        "() => { const ring = new Error('ring'); ring.cause = ring;
            throw new AggregateError([ring, 'text', new TypeError('two')], 'many') }",
    );
    assert_eq!((failure.error_type.as_str(), failure.message.as_str()), ("AggregateError", "many"));
    let heads: Vec<_> = failure.stack.iter().filter(|line| !line.starts_with("at ")).collect();
    assert_eq!(heads, ["Error 1 of 3: Error: ring", "Error 2 of 3: text", "Error 3 of 3: TypeError: two"]);
}
