//! The positions of one function in bytecode: which instruction comes from which line and column.

use crate::Position;
use crate::cursor::Cursor;
use crate::leb::{push, push_signed};

/// QuickJS's pc2line encoding: short entries have the line's difference and the instruction's in one byte.
const BASE: i32 = -1;
const RANGE: i32 = 5;
const FIRST: i32 = 1;
const LARGEST_STEP: i32 = (255 - FIRST) / RANGE;

/// Where a function begins, and where its instructions come from.
pub struct Positions {
    pub start: Position,
    /// Offset of an instruction, and the position of it and those that follow.
    pub instructions: Vec<(u32, Position)>,
}

impl Positions {
    /// Decodes QuickJS's table.
    pub fn decode(start: Position, table: &[u8]) -> Option<Positions> {
        let mut instructions = Vec::new();
        let mut cursor = Cursor::new(table);
        let (mut offset, mut at) = (0u32, start);
        while !cursor.is_at_end() {
            let head = i32::from(cursor.byte()?);
            let (step, lines) = if head == 0 {
                (cursor.number()?, cursor.signed()?)
            } else {
                (((head - FIRST) / RANGE) as u32, (head - FIRST) % RANGE + BASE)
            };
            let columns = cursor.signed()?;
            offset = offset.checked_add(step)?;
            at = Position {
                line: at.line.checked_add_signed(lines)?,
                column: at.column.checked_add_signed(columns)?,
            };
            instructions.push((offset, at));
        }
        Some(Positions { start, instructions })
    }

    /// Encodes it as QuickJS does.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::new();
        let (mut offset, mut at) = (0, self.start);
        for &(next, position) in &self.instructions {
            if position == at {
                continue;
            }
            let step = next - offset;
            let lines = position.line.wrapping_sub(at.line) as i32;
            if (BASE..BASE + RANGE).contains(&lines) && step as i32 <= LARGEST_STEP {
                out.push((lines - BASE + step as i32 * RANGE + FIRST) as u8);
            } else {
                out.push(0);
                push(&mut out, step);
                push_signed(&mut out, lines);
            }
            push_signed(&mut out, position.column.wrapping_sub(at.column) as i32);
            (offset, at) = (next, position);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_is_decoded() {
        let at = |line, column| Position { line, column };
        let positions = Positions {
            start: at(10, 5),
            instructions: vec![
                (3, at(10, 9)),
                (50, at(11, 1)),
                (120, at(9, 7)),
                (121, at(900, 30_000)),
                (700, at(1, 1)),
            ],
        };
        let decoded = Positions::decode(at(10, 5), &positions.encode()).unwrap();
        assert_eq!(decoded.instructions, positions.instructions);
    }
}
