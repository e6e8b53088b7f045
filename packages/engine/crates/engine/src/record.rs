//! Log records: one write each, in the format that the function is configured for.
//!
//! Lambda's runtimes share a descriptor on which a record has a header with its length, so that one
//! of several lines stays one record. Elsewhere a record goes to stdout or stderr as Node writes it.

use std::fs;
use std::process;
use std::sync::Mutex;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::timestamp::iso;
use crate::{environment, invocation};

/// Lambda's levels, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Trace,
    Debug,
    Info,
    Warn,
    Error,
    Fatal,
}

const LEVELS: [(Level, &str); 6] = [
    (Level::Trace, "TRACE"),
    (Level::Debug, "DEBUG"),
    (Level::Info, "INFO"),
    (Level::Warn, "WARN"),
    (Level::Error, "ERROR"),
    (Level::Fatal, "FATAL"),
];

impl Level {
    fn name(self) -> &'static str {
        LEVELS[self as usize].1
    }

    /// Whether `AWS_LAMBDA_LOG_LEVEL` lets records of this level through; without it, all are.
    pub fn is_enabled(self) -> bool {
        let threshold = environment::get("AWS_LAMBDA_LOG_LEVEL");
        let threshold = threshold
            .and_then(|name| LEVELS.iter().find(|(_, level)| name.eq_ignore_ascii_case(level)).copied());
        threshold.is_none_or(|(level, _)| self >= level)
    }
}

/// Where a record goes when there is no framed descriptor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    Out = 1,
    Err = 2,
}

/// Whether `AWS_LAMBDA_LOG_FORMAT` asks for JSON.
pub fn is_json() -> bool {
    environment::get("AWS_LAMBDA_LOG_FORMAT").is_some_and(|format| format.eq_ignore_ascii_case("JSON"))
}

/// Writes a record of plain text.
pub fn write_text(level: Level, stream: Stream, text: &str) {
    write(level, stream, Kind::Text, text);
}

/// Writes a record as one JSON object; `fields` is what follows Lambda's own, such as
/// `"message":"text"`, already JSON.
///
/// `origin` is the number of the request on whose account it is written.
pub fn write_json(level: Level, stream: Stream, origin: u64, fields: &str) {
    let mut record = String::with_capacity(fields.len() + 128);
    record.push_str("{\"timestamp\":");
    laconic_json::push_string(&mut record, &iso(now().as_millis() as u64));
    record.push_str(",\"level\":");
    laconic_json::push_string(&mut record, level.name());
    if let Some(id) = invocation::id_of(origin) {
        record.push_str(",\"requestId\":");
        laconic_json::push_string(&mut record, &id);
    }
    record.push(',');
    record.push_str(fields);
    record.push('}');
    write(level, stream, Kind::Json, &record);
}

/// Writes a record that is a finished JSON object.
pub fn write_finished(level: Level, stream: Stream, record: &str) {
    write(level, stream, Kind::Json, record);
}

/// Which of Lambda's frame types a record has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json = 0b10,
    Text = 0b11,
}

/// The record's bytes in one system call, so that records of several threads do not mix.
fn write(level: Level, stream: Stream, kind: Kind, record: &str) {
    match framed_descriptor() {
        Some(descriptor) => {
            let mut frame = Vec::with_capacity(16 + record.len());
            frame.extend_from_slice(&frame_type(level, kind).to_be_bytes());
            frame.extend_from_slice(&(record.len() as u32).to_be_bytes());
            frame.extend_from_slice(&(now().as_micros() as u64).to_be_bytes());
            frame.extend_from_slice(record.as_bytes());
            write_all(descriptor, &frame);
        }
        None => {
            let mut line = Vec::with_capacity(record.len() + 1);
            line.extend_from_slice(record.as_bytes());
            line.push(b'\n');
            write_all(stream as i32, &line);
        }
    }
}

/// As the runtime interface clients number them: the level above the two bits of the kind.
fn frame_type(level: Level, kind: Kind) -> u32 {
    0xA55A_0000 | (level as u32 + 1) << 2 | kind as u32
}

/// Writes everything, as far as the descriptor takes it: a log that cannot be written is no error.
pub fn write_all(descriptor: i32, mut bytes: &[u8]) {
    while !bytes.is_empty() {
        // SAFETY: the slice is valid for its length.
        let written = unsafe { libc::write(descriptor, bytes.as_ptr().cast(), bytes.len()) };
        if written > 0 {
            bytes = &bytes[written as usize..];
        } else if !wait_until_writable(descriptor) {
            return;
        }
    }
}

/// After a write that took nothing: whether it is worth trying again.
fn wait_until_writable(descriptor: i32) -> bool {
    match std::io::Error::last_os_error().raw_os_error() {
        Some(libc::EINTR) => true,
        Some(libc::EAGAIN) => {
            let mut wanted = libc::pollfd { fd: descriptor, events: libc::POLLOUT, revents: 0 };
            // SAFETY: one valid pollfd.
            unsafe { libc::poll(&mut wanted, 1, 1000) > 0 }
        }
        _ => false,
    }
}

const FRAMED: &str = "_LAMBDA_TELEMETRY_LOG_FD";

/// The descriptor on which Lambda takes framed records. Its own clients delete the variable that names
/// it once they have read it; the kernel keeps what the process was started with. Looked up once a
/// process: a fork has its own answer, and so has a heap image.
fn framed_descriptor() -> Option<i32> {
    static KNOWN: Mutex<(u32, Option<i32>)> = Mutex::new((0, None));
    let mut known = KNOWN.lock().ok()?;
    if known.0 != process::id() {
        *known = (process::id(), find_framed_descriptor());
    }
    known.1
}

fn find_framed_descriptor() -> Option<i32> {
    let started_with = fs::read("/proc/self/environ").unwrap_or_default();
    let named = started_with.split(|byte| *byte == 0).find_map(|variable| {
        std::str::from_utf8(variable.strip_prefix(FRAMED.as_bytes())?.strip_prefix(b"=")?).ok()
    });
    let descriptor = named.map(str::to_owned).or_else(|| environment::get(FRAMED))?.parse().ok()?;
    // SAFETY: only asks whether the descriptor is open.
    (unsafe { libc::fcntl(descriptor, libc::F_GETFD) } >= 0).then_some(descriptor)
}

fn now() -> std::time::Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frame_types_are_those_of_the_runtime_interface_clients() {
        assert_eq!(frame_type(Level::Debug, Kind::Json), 0xA55A_000A);
        assert_eq!(frame_type(Level::Info, Kind::Text), 0xA55A_000F);
        assert_eq!(frame_type(Level::Fatal, Kind::Text), 0xA55A_001B);
    }
}
