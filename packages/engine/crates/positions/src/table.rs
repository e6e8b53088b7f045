//! The table that a library carries, or that lies beside it: a source map in few bytes, which needs
//! neither JSON nor base 64 to be read.
//!
//! `LACMAP1\0`, then the bundle's name and the sources (a count, and each as length and UTF-8), then the
//! segments: line and column of the bundle and what they come from, each as the difference to the one
//! before.

use crate::cursor::Cursor;
use crate::leb::{push, push_signed};
use crate::{Original, Position, Segment, SourceMap};

const MAGIC: &[u8; 8] = b"LACMAP1\0";

/// A table in bytes that are not ours. They are only looked at when something is searched for.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a>(&'a [u8]);

impl<'a> Table<'a> {
    /// The table in `bytes`; `None` when that is none.
    pub fn new(bytes: &'a [u8]) -> Option<Table<'a>> {
        bytes.strip_prefix(MAGIC.as_slice()).map(Table)
    }

    /// Writes the map of a bundle that stack traces call `bundle`.
    pub fn encode(bundle: &str, map: &SourceMap) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        push_text(&mut out, bundle);
        push(&mut out, map.sources.len() as u32);
        map.sources.iter().for_each(|source| push_text(&mut out, source));
        let mut state = State::default();
        for segment in &map.segments {
            state.write(segment, &mut out);
        }
        out
    }

    /// What stack traces call the bundle.
    pub fn bundle(&self) -> Option<&'a str> {
        read_text(&mut Cursor::new(self.0))
    }

    /// Where each of the bundle's places comes from: file and position. All are found in one pass.
    /// What a damaged table does not say is not found.
    pub fn find(&self, wanted: &[Position]) -> Vec<Option<(&'a str, Position)>> {
        let mut found = vec![None; wanted.len()];
        let mut cursor = Cursor::new(self.0);
        let Some(sources) = read_sources(&mut cursor) else { return vec![None; wanted.len()] };
        let mut state = State::default();
        let mut closest: Vec<Option<Segment>> = vec![None; wanted.len()];
        let last = wanted.iter().max().copied();
        while let Some(segment) = state.read(&mut cursor) {
            if last.is_none_or(|last| segment.generated > last) {
                break;
            }
            for (closest, wanted) in closest.iter_mut().zip(wanted) {
                if segment.generated.line == wanted.line && segment.generated <= *wanted {
                    *closest = Some(segment);
                }
            }
        }
        for (found, closest) in found.iter_mut().zip(closest) {
            *found = closest
                .and_then(|segment| segment.original)
                .and_then(|original| Some((*sources.get(original.source as usize)?, original.position)));
        }
        found
    }
}

fn read_sources<'a>(cursor: &mut Cursor<'a>) -> Option<Vec<&'a str>> {
    read_text(cursor)?;
    let count = cursor.number()?;
    (0..count).map(|_| read_text(cursor)).collect()
}

fn push_text(out: &mut Vec<u8>, text: &str) {
    push(out, text.len() as u32);
    out.extend_from_slice(text.as_bytes());
}

fn read_text<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let length = cursor.number()? as usize;
    core::str::from_utf8(cursor.take(length)?).ok()
}

/// The segment before, from which the next one counts.
struct State {
    generated: Position,
    original: Original,
}

impl Default for State {
    fn default() -> State {
        let start = Position { line: 1, column: 1 };
        State { generated: start, original: Original { source: 0, position: start } }
    }
}

impl State {
    fn write(&mut self, segment: &Segment, out: &mut Vec<u8>) {
        let lines = segment.generated.line - self.generated.line;
        // The lowest bit says whether the segment comes from anywhere.
        push(out, lines << 1 | u32::from(segment.original.is_some()));
        let from = if lines == 0 { self.generated.column } else { 1 };
        push(out, segment.generated.column - from);
        self.generated = segment.generated;
        if let Some(original) = segment.original {
            push_signed(out, original.source.wrapping_sub(self.original.source) as i32);
            push_signed(out, original.position.line.wrapping_sub(self.original.position.line) as i32);
            push_signed(out, original.position.column.wrapping_sub(self.original.position.column) as i32);
            self.original = original;
        }
    }

    fn read(&mut self, cursor: &mut Cursor<'_>) -> Option<Segment> {
        let head = cursor.number()?;
        let columns = cursor.number()?;
        let lines = head >> 1;
        let from = if lines == 0 { self.generated.column } else { 1 };
        self.generated =
            Position { line: self.generated.line.checked_add(lines)?, column: from.checked_add(columns)? };
        if head & 1 == 0 {
            return Some(Segment { generated: self.generated, original: None });
        }
        let mut advance = |value: u32| Some(value.wrapping_add(cursor.signed()? as u32));
        self.original = Original {
            source: advance(self.original.source)?,
            position: Position {
                line: advance(self.original.position.line)?,
                column: advance(self.original.position.column)?,
            },
        };
        Some(Segment { generated: self.generated, original: Some(self.original) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    fn map() -> SourceMap {
        let from = |source, line, column| Some(Original { source, position: Position { line, column } });
        let segment = |line, column, original| Segment { generated: at(line, column), original };
        SourceMap {
            sources: vec!["src/é.ts".into(), "b.ts".into()],
            segments: vec![
                segment(1, 1, from(1, 70_000, 3)),
                segment(1, 9, from(0, 2, 200)),
                segment(3, 2, None),
                segment(3, 400, from(1, 1, 1)),
            ],
        }
    }

    #[test]
    fn a_table_finds_what_its_map_finds() {
        let map = map();
        let bytes = Table::encode("app.mjs", &map);
        let wanted: Vec<Position> =
            (1..5).flat_map(|line| [1, 2, 8, 9, 399, 400, 401].map(|column| at(line, column))).collect();
        assert_eq!(Table::new(&bytes).unwrap().bundle(), Some("app.mjs"));
        let found = Table::new(&bytes).unwrap().find(&wanted);
        for (wanted, found) in wanted.iter().zip(found) {
            let expected = map
                .original(*wanted)
                .map(|original| (map.sources[original.source as usize].as_str(), original.position));
            assert_eq!(found, expected, "{wanted:?}");
        }
    }

    #[test]
    fn a_damaged_table_finds_nothing_and_does_no_harm() {
        let bytes = Table::encode("app.mjs", &map());
        for length in 8..bytes.len() {
            Table::new(&bytes[..length]).unwrap().find(&[at(3, 400)]);
        }
        for at_byte in 8..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at_byte] ^= 0xff;
            Table::new(&damaged).unwrap().find(&[at(1, 1), at(3, 400)]);
        }
        assert!(Table::new(b"something else").is_none());
    }
}
