//! A source map, version 3, as far as stack traces need one.

use crate::{Original, Position, Segment};

/// The bundle's segments in their order, and the files that they come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    pub sources: Vec<String>,
    pub segments: Vec<Segment>,
}

impl SourceMap {
    /// Decodes `mappings`, the field of a map of that name; `None` when it is damaged or refers to a
    /// source that `sources` does not have.
    pub fn decode(sources: Vec<String>, mappings: &str) -> Option<SourceMap> {
        let mut segments = Vec::new();
        let mut last = Last::default();
        for (line, text) in mappings.split(';').enumerate() {
            last.column = 0;
            for segment in text.split(',').filter(|segment| !segment.is_empty()) {
                segments.push(last.advance(line, segment)?);
            }
        }
        // Writers put them in order; nothing makes them.
        segments.sort_by_key(|segment| segment.generated);
        let known = |segment: &Segment| {
            segment.original.is_none_or(|original| (original.source as usize) < sources.len())
        };
        segments.iter().all(known).then_some(SourceMap { sources, segments })
    }

    /// Where that place of the bundle comes from.
    pub fn original(&self, generated: Position) -> Option<Original> {
        let after = self.segments.partition_point(|segment| segment.generated <= generated);
        let segment = self.segments[..after].last()?;
        segment.original.filter(|_| segment.generated.line == generated.line)
    }
}

/// Every field but the generated line counts from the segment before.
#[derive(Default)]
struct Last {
    column: i32,
    source: i32,
    line: i32,
    original_column: i32,
}

impl Last {
    fn advance(&mut self, line: usize, segment: &str) -> Option<Segment> {
        let mut fields = [0; 5];
        let count = decode_fields(segment, &mut fields)?;
        self.column = self.column.checked_add(fields[0])?;
        let generated = position(line as i32, self.column)?;
        if count == 1 {
            return Some(Segment { generated, original: None });
        }
        if count < 4 {
            return None;
        }
        self.source = self.source.checked_add(fields[1])?;
        self.line = self.line.checked_add(fields[2])?;
        self.original_column = self.original_column.checked_add(fields[3])?;
        let source = u32::try_from(self.source).ok()?;
        let original = Original { source, position: position(self.line, self.original_column)? };
        Some(Segment { generated, original: Some(original) })
    }
}

/// A map counts from 0, a stack trace from 1.
fn position(line: i32, column: i32) -> Option<Position> {
    let from_one = |number| u32::try_from(number).ok()?.checked_add(1);
    Some(Position { line: from_one(line)?, column: from_one(column)? })
}

/// Decodes the numbers of a segment, in base 64 with five bits a digit, and returns how many there are.
fn decode_fields(segment: &str, fields: &mut [i32; 5]) -> Option<usize> {
    let (mut count, mut value, mut shift) = (0, 0u32, 0);
    for byte in segment.bytes() {
        let digit = digit(byte)?;
        value |= (digit & 31).checked_shl(shift)?;
        shift += 5;
        if digit & 32 == 0 {
            let magnitude = (value >> 1) as i32;
            *fields.get_mut(count)? = if value & 1 == 0 { magnitude } else { -magnitude };
            (count, value, shift) = (count + 1, 0, 0);
        }
    }
    (shift == 0).then_some(count)
}

fn digit(byte: u8) -> Option<u32> {
    let digit = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    };
    Some(u32::from(digit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Position {
        Position { line, column }
    }

    #[test]
    fn positions_are_found_by_the_segment_before_them() {
        // [0,0,0,0], [4,0,1,2] ; ; [0,1,-1,-2], [8]
        let map =
            SourceMap::decode(vec!["a.ts".into(), "b.ts".into()], "AAAA,IACE;;ACDF,Q").expect("a valid map");
        let find = |line, column| map.original(at(line, column)).map(|found| (found.source, found.position));
        assert_eq!(find(1, 1), Some((0, at(1, 1))));
        assert_eq!(find(1, 4), Some((0, at(1, 1))));
        assert_eq!(find(1, 5), Some((0, at(2, 3))));
        assert_eq!(find(1, 500), Some((0, at(2, 3))));
        assert_eq!(find(2, 1), None);
        assert_eq!(find(3, 8), Some((1, at(1, 1))));
        assert_eq!(find(3, 9), None);
    }

    #[test]
    fn segments_may_come_in_any_order() {
        // [8,0,0,0], [-8,0,1,0]
        let map = SourceMap::decode(vec!["a.ts".into()], "QAAA,RACA").expect("a valid map");
        let find = |column| map.original(at(1, column)).map(|found| found.position.line);
        assert_eq!([find(1), find(8), find(9)], [Some(2), Some(2), Some(1)]);
    }

    #[test]
    fn damaged_mappings_are_refused() {
        let largest = "+/////D";
        let too_far = format!("{largest},{largest}");
        for mappings in ["!", "g", "AA", "AAAAAA", "ACAA", "D", "gggggggggggggA", &too_far] {
            assert_eq!(SourceMap::decode(vec!["a.ts".into()], mappings), None, "{mappings}");
        }
    }
}
