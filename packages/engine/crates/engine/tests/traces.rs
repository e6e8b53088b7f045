//! Stack traces name the places that a source map gives.

use std::sync::{Mutex, MutexGuard, PoisonError};

use laconic_arena::Arena;
use laconic_engine::{App, Extras, Failure, Request, Status, compile};
use laconic_positions::{Original, Position, Segment, SourceMap};

#[global_allocator]
static ARENA: Arena = Arena;

/// The engine serves one app a process: the table of its positions is the process's.
fn alone() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Every character of the bundle comes from the same column, a hundred lines further down; the first
/// two lines from one file, the rest from another.
fn map(source: &str) -> SourceMap {
    let mut segments = Vec::new();
    for (line, text) in (1..).zip(source.lines()) {
        for column in 1..=text.encode_utf16().count() as u32 {
            let original =
                Original { source: u32::from(line > 2), position: Position { line: line + 100, column } };
            segments.push(Segment { generated: Position { line, column }, original: Some(original) });
        }
    }
    SourceMap { sources: vec!["src/ä.ts".into(), "app.ts".into()], segments }
}

fn load(source: &str) -> Result<App, Failure> {
    let map = map(source);
    let extras = Extras { map: Some(&map), ..Extras::default() };
    App::load(compile("app.lambda.mjs", source.as_bytes(), extras)?.leak())
}

#[test]
fn frames_name_the_original_file_line_and_column() {
    let _alone = alone();
    let source = "function inner() { const text = `${1}é🌍`; throw new TypeError(text) }
const inside = { get value() { return 12345678901234567890n && inner() } };
class Outer { #own = 1; static run = (x) => [x].map(() => inside.value)[0] }
export async function Lambda(name) {
  if (name === 'stack') { try { inner() } catch (error) { return error.stack.split('\\n')[1] } }
  return Outer.run(/a+(?<b>c)/gu);
}";
    let mut app = load(source).unwrap();
    let failure = app.handle(&Request { function_name: "fail", ..Request::default() }).unwrap_err();
    assert_eq!((failure.error_type.as_str(), failure.message.as_str()), ("TypeError", "1é🌍"));
    let frames: Vec<&str> =
        failure.stack.iter().map(String::as_str).filter(|frame| !frame.contains("native")).collect();
    let places = [
        "at inner (src/ä.ts:101:",
        "at get value (src/ä.ts:102:",
        "(app.ts:103:",
        "(app.ts:103:",
        "at Lambda (app.ts:106:",
    ];
    assert_eq!(frames.len(), places.len(), "{frames:?}");
    for (frame, place) in frames.iter().zip(places) {
        assert!(frame.contains(place), "{frame} in place of {place}");
    }
    let stack = app.handle(&Request { function_name: "stack", ..Request::default() }).unwrap();
    let line = String::from_utf8(stack.body).unwrap();
    assert!(line.starts_with("    at inner (src/ä.ts:101:"), "{line}");
}

#[test]
fn the_top_level_of_a_module_is_traced_too() {
    let _alone = alone();
    let failure = load("const a = 1;\n\nconst b = a;\n  throw new Error('at load');").err().unwrap();
    assert_eq!(failure.status, Status::InitFailed);
    assert!(failure.stack[0].contains("(app.ts:104:"), "{:?}", failure.stack);
}

#[test]
fn without_a_map_frames_name_the_bundle() {
    let _alone = alone();
    let source = b"export const Lambda = () => { throw new Error('x') }";
    let mut app = App::load(compile("app.mjs", source, Extras::default()).unwrap().leak()).unwrap();
    let failure = app.handle(&Request::default()).unwrap_err();
    assert!(failure.stack[0].contains("(app.mjs:1:"), "{:?}", failure.stack);
}
