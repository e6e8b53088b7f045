//! The frames of stack traces, in the author's files.
//!
//! Most of the bytecode carries the author's positions itself. The module's own body does not, nor does
//! an app that was built to keep its map outside; their frames name the bundle, and are looked up in
//! the table that came with the bytecode or lies beside the library. Nothing is read before that. An error's
//! stack is worded when it is made, because the app may read it.

use std::collections::BTreeMap;
use std::ffi::{CStr, OsStr, c_char};
use std::fs;
use std::mem::MaybeUninit;
use std::os::unix::ffi::OsStrExt;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use laconic_positions::{Position, Table};
use rquickjs::qjs;

static EMBEDDED: Mutex<&'static [u8]> = Mutex::new(&[]);

/// What a place of the bundle comes from: file and position.
type Found = Option<(&'static str, Position)>;

/// Places that were looked up: an app that throws makes most of its errors in the same few. A search goes
/// through the whole table.
static KNOWN: Mutex<BTreeMap<Position, Found>> = Mutex::new(BTreeMap::new());

/// Most places that are kept.
const MOST_KNOWN: usize = 1000;

/// Says which table came with the app's bytecode; it may be empty.
pub fn explain_by(table: &'static [u8]) {
    *embedded() = table;
    known().clear();
    laconic_quickjs::set_stack_text(word);
}

/// # Safety
/// QuickJS calls it, with a live context and a text of that length.
unsafe extern "C" fn word(ctx: *mut qjs::JSContext, text: *const c_char, length: usize) -> qjs::JSValue {
    // Memory may be what the error is about.
    let worded = catch_unwind(|| {
        // SAFETY: the caller's promise.
        let text = unsafe { core::slice::from_raw_parts(text.cast(), length) };
        let text = core::str::from_utf8(text).ok()?;
        names_bundle(text).then(|| original_text(text.to_owned()))
    });
    match worded {
        // SAFETY: the context is live, and the text is copied.
        Ok(Some(text)) => unsafe { qjs::JS_NewStringLen(ctx, text.as_ptr().cast(), text.len() as _) },
        _ => qjs::JS_UNDEFINED,
    }
}

/// The frames with the author's positions in the place of the bundle's.
pub fn original(frames: Vec<String>) -> Vec<String> {
    let Some((table, bundle)) = table().and_then(|table| Some((table, table.bundle()?))) else {
        return frames;
    };
    let places: Vec<Option<Place<'_>>> = frames.iter().map(|frame| Place::find(frame, bundle)).collect();
    let wanted: Vec<Position> = places.iter().flatten().map(|place| place.position).collect();
    if wanted.is_empty() {
        return frames;
    }
    let mut found = look_up(table, &wanted).into_iter();
    places
        .iter()
        .zip(&frames)
        .map(|(place, frame)| match place.as_ref().map(|place| (place, found.next().flatten())) {
            Some((place, Some((source, Position { line, column })))) => {
                format!("{}{source}:{line}:{column}{}", place.before, place.after)
            }
            _ => frame.clone(),
        })
        .collect()
}

/// As [`original`], for text that may hold a stack.
pub fn original_text(text: String) -> String {
    if !text.contains("at ") || !names_bundle(&text) {
        return text;
    }
    original(text.split('\n').map(String::from).collect()).join("\n")
}

fn names_bundle(text: &str) -> bool {
    table().and_then(|table| table.bundle()).is_some_and(|bundle| text.contains(bundle))
}

fn look_up(table: Table<'static>, wanted: &[Position]) -> Vec<Found> {
    let mut known = known();
    let missing: Vec<Position> =
        wanted.iter().copied().filter(|position| !known.contains_key(position)).collect();
    if !missing.is_empty() {
        if known.len() + missing.len() > MOST_KNOWN {
            known.clear();
            return table.find(wanted);
        }
        let found = table.find(&missing);
        known.extend(missing.into_iter().zip(found));
    }
    wanted.iter().map(|position| known.get(position).copied().flatten()).collect()
}

fn known() -> MutexGuard<'static, BTreeMap<Position, Found>> {
    KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where a frame names the bundle: `at name (bundle:line:column)`.
struct Place<'a> {
    before: &'a str,
    position: Position,
    after: &'a str,
}

impl<'a> Place<'a> {
    fn find(frame: &'a str, bundle: &str) -> Option<Place<'a>> {
        let start = frame.find(&format!("{bundle}:"))?;
        let starts_a_word = frame[..start].ends_with(['(', ' ']);
        let (line, rest) = number(&frame[start + bundle.len() + 1..])?;
        let (column, after) = number(rest.strip_prefix(':')?)?;
        starts_a_word.then_some(Place { before: &frame[..start], position: Position { line, column }, after })
    }
}

fn number(text: &str) -> Option<(u32, &str)> {
    let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    Some((text[..end].parse().ok()?, &text[end..]))
}

fn table() -> Option<Table<'static>> {
    let embedded = *embedded();
    Table::new(if embedded.is_empty() { beside_library() } else { embedded })
}

/// The file that an app's package may hold for this: the library's name with `.map` at its end.
fn beside_library() -> &'static [u8] {
    static READ: OnceLock<Vec<u8>> = OnceLock::new();
    READ.get_or_init(|| {
        own_file().and_then(|library| fs::read(library.with_extension("map")).ok()).unwrap_or_default()
    })
}

/// The file that this code was loaded from.
fn own_file() -> Option<PathBuf> {
    let mut found = MaybeUninit::<libc::Dl_info>::uninit();
    // SAFETY: the address is one of ours; the struct is filled when dladdr returns anything but 0, and
    // its name is a C string that lives as long as the library.
    unsafe {
        if libc::dladdr((&raw const EMBEDDED).cast(), found.as_mut_ptr()) == 0 {
            return None;
        }
        let name = found.assume_init().dli_fname;
        (!name.is_null()).then(|| Path::new(OsStr::from_bytes(CStr::from_ptr(name).to_bytes())).to_owned())
    }
}

fn embedded() -> MutexGuard<'static, &'static [u8]> {
    EMBEDDED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_frames_of_the_bundle_have_a_place() {
        let place = |frame| {
            Place::find(frame, "app.mjs").map(|place| (place.before, place.position.line, place.after))
        };
        assert_eq!(place("at f (app.mjs:12:3)"), Some(("at f (", 12, ")")));
        assert_eq!(place("at app.mjs:12:3"), Some(("at ", 12, "")));
        for other in
            ["at f (src/app.mjs:1:2)", "at f (app.mjs:x:2)", "at f (native)", "at f (app.mjs:1)", "app.mjs:"]
        {
            assert_eq!(place(other), None, "{other}");
        }
    }
}
