//! Rewriting the positions in a module's bytecode.
//!
//! QuickJS keeps one file name and a table of positions for each function. A bundler puts each
//! function of a source file whole into its bundle, so the table can name the source file's lines as
//! well as the bundle's. Only the module's own body is made of several files; it keeps the bundle's
//! positions, which a [`Table`](crate::Table) explains.
//!
//! This follows `JS_WriteObject` in QuickJS-ng. Whatever it does not know, and another version of the
//! format, is an error at build time; the engine then also reads back what was written.

use std::collections::HashMap;

use crate::cursor::Cursor;
use crate::function::Positions;
use crate::leb::push;
use crate::{Original, Position, Segment, SourceMap};

/// The version of the format, BC_VERSION: QuickJS-ng's, and a bit for functions in parts.
const VERSION: u8 = 28 | 0x80;

/// Tags of values, BC_TAG_*.
mod tag {
    pub const NULL: u8 = 1;
    pub const UNDEFINED: u8 = 2;
    pub const FALSE: u8 = 3;
    pub const TRUE: u8 = 4;
    pub const INT32: u8 = 5;
    pub const FLOAT64: u8 = 6;
    pub const STRING: u8 = 7;
    pub const ARRAY: u8 = 9;
    pub const BIG_INT: u8 = 10;
    pub const TEMPLATE_OBJECT: u8 = 11;
    pub const FUNCTION: u8 = 12;
    pub const MODULE: u8 = 13;
}

/// The kind of an atom that is a string, JS_ATOM_TYPE_STRING.
const STRING_ATOM: u8 = 1;

/// Bytes of the checksum after the version. Bytecode has none: all of them are ones.
const CHECKSUM: usize = 4;

/// Bit of an atom that every machine has, and of one whose number does not fit the rest of its byte.
const KNOWN_ATOM: u8 = 0x80;
const LARGE_ATOM: u8 = 0x40;

/// Flag of a function whose positions were kept.
const HAS_POSITIONS: u16 = 1 << 11;

/// Bytecode with original positions.
#[derive(Debug)]
pub struct Relocated {
    pub bytecode: Vec<u8>,
    /// What still needs a map: the module's own body.
    pub rest: SourceMap,
}

/// Writes the original positions into the bytecode of a module that was compiled from `map`'s bundle.
/// Errors say what of the format is not as expected.
pub fn relocate(bytecode: &[u8], map: &SourceMap) -> Result<Relocated, String> {
    let mut walk = Walk {
        cursor: Cursor::new(bytecode),
        bytes: bytecode,
        copied: 0,
        out: Vec::with_capacity(bytecode.len()),
        map,
        atoms: Atoms::default(),
        depth: 0,
        body: Vec::new(),
    };
    walk.module()
        .ok_or_else(|| format!("the bytecode is not as expected at byte {}", walk.cursor.position()))?;
    walk.finish()
}

#[derive(Default)]
struct Atoms {
    count: u32,
    /// Where the table ends.
    end: usize,
    /// Index that the first atom of the table has in the bytecode, once it is known.
    first: Option<u32>,
    /// Place of the module's name in the table.
    module: Option<u32>,
    /// Sources in the order in which they were first met; they follow the atoms that were there.
    added: Vec<u32>,
    index: HashMap<u32, u32>,
}

struct Walk<'a> {
    cursor: Cursor<'a>,
    bytes: &'a [u8],
    /// Up to here, the input is in `out`, changed or not.
    copied: usize,
    /// What follows the table of atoms.
    out: Vec<u8>,
    map: &'a SourceMap,
    atoms: Atoms,
    /// Functions round the current one; the module's body is the outermost.
    depth: u32,
    /// Positions in the module's body.
    body: Vec<Position>,
}

impl Walk<'_> {
    fn module(&mut self) -> Option<()> {
        (self.cursor.byte()? == VERSION).then_some(())?;
        self.cursor.take(CHECKSUM)?;
        let names = self.atom_table()?;
        self.copied = self.cursor.position();
        (self.cursor.byte()? == tag::MODULE).then_some(())?;
        let name = self.cursor.number()? >> 1;
        // The module's name is also the file name in its functions: it tells where the table's indices begin.
        self.atoms.module = Some(name);
        for _ in 0..self.cursor.number()? {
            self.cursor.number()?;
        }
        self.exports()?;
        for _ in 0..self.cursor.number()? {
            self.cursor.number()?;
        }
        for _ in 0..self.cursor.number()? {
            self.cursor.number()?;
            self.cursor.number()?;
            self.cursor.number()?;
        }
        self.cursor.byte()?;
        // The writer numbers atoms as it meets them, and the module's name is the first that it meets.
        self.atoms.first = (names > 0).then_some(name);
        self.value()
    }

    fn atom_table(&mut self) -> Option<u32> {
        self.atoms.count = self.cursor.number()?;
        for _ in 0..self.atoms.count {
            match self.cursor.byte()? {
                kind if kind & KNOWN_ATOM == 0 => self.string()?,
                kind if kind & LARGE_ATOM != 0 => drop(self.cursor.number()?),
                _ => {}
            }
        }
        self.atoms.end = self.cursor.position();
        Some(self.atoms.count)
    }

    fn exports(&mut self) -> Option<()> {
        for _ in 0..self.cursor.number()? {
            let local = self.cursor.byte()? == 0;
            self.cursor.number()?;
            if !local {
                self.cursor.number()?;
            }
            self.cursor.number()?;
        }
        Some(())
    }

    fn string(&mut self) -> Option<()> {
        let head = self.cursor.number()? as usize;
        self.cursor.take((head >> 1) << (head & 1)).map(drop)
    }

    fn value(&mut self) -> Option<()> {
        match self.cursor.byte()? {
            tag::NULL | tag::UNDEFINED | tag::FALSE | tag::TRUE => Some(()),
            tag::INT32 => self.cursor.number().map(drop),
            tag::FLOAT64 => self.cursor.take(8).map(drop),
            tag::STRING => self.string(),
            tag::BIG_INT => {
                let length = self.cursor.number()? as usize;
                self.cursor.take(length).map(drop)
            }
            tag::ARRAY => self.values(),
            tag::TEMPLATE_OBJECT => {
                self.values()?;
                self.value()
            }
            tag::FUNCTION => self.function(),
            _ => None,
        }
    }

    fn values(&mut self) -> Option<()> {
        (0..self.cursor.number()?).try_for_each(|_| self.value())
    }

    fn function(&mut self) -> Option<()> {
        let flags = u16::from_le_bytes(self.cursor.take(2)?.try_into().ok()?);
        self.cursor.byte()?;
        self.cursor.number()?;
        let mut counts = [0; 6];
        for count in &mut counts {
            *count = self.cursor.number()?;
        }
        let [arguments, variables, _, _, captured, closure_variables] = counts;
        // Each has its kind, and its index.
        for _ in 0..closure_variables.checked_mul(2)? {
            self.cursor.number()?;
        }
        let locals = if captured > 0 { arguments.checked_add(variables)? } else { 0 };
        self.code(flags & HAS_POSITIONS != 0, locals)?;
        let names = self.length()?;
        self.cursor.take(names).map(drop)
    }

    /// The part that is read when the function is called. New positions in it, or in functions within, change its length.
    /// Where variables are captured, it tells so of each of the `locals`.
    fn code(&mut self, has_positions: bool, locals: u32) -> Option<()> {
        let length = self.length()?;
        let start = self.cursor.position();
        self.out.extend_from_slice(&self.bytes[self.copied..start]);
        self.copied = start;
        let written = self.out.len();
        let constants = self.cursor.number()?;
        let code = self.cursor.number()?;
        for _ in 0..locals {
            self.cursor.number()?;
        }
        self.depth += 1;
        (0..constants).try_for_each(|_| self.value())?;
        self.depth -= 1;
        self.cursor.take(code as usize)?;
        if has_positions {
            self.positions()?;
        }
        let end = self.cursor.position();
        (end - start == length).then_some(())?;
        self.out.extend_from_slice(&self.bytes[self.copied..end]);
        self.copied = end;
        let length = u32::try_from(self.out.len() - written).ok()?;
        self.out[written - size_of::<u32>()..written].copy_from_slice(&length.to_le_bytes());
        Some(())
    }

    /// Number of bytes in the part that follows.
    fn length(&mut self) -> Option<usize> {
        let bytes = self.cursor.take(size_of::<u32>())?.try_into().ok()?;
        Some(u32::from_le_bytes(bytes) as usize)
    }

    fn positions(&mut self) -> Option<()> {
        let start = self.cursor.position();
        self.cursor.number()?;
        let at = Position { line: self.cursor.number()?, column: self.cursor.number()? };
        let length = self.cursor.number()? as usize;
        let positions = Positions::decode(at, self.cursor.take(length)?)?;
        let source_length = self.cursor.number()? as usize;
        self.cursor.take(source_length)?;
        if self.depth == 0 {
            self.body.push(positions.start);
            self.body.extend(positions.instructions.iter().map(|(_, position)| *position));
        } else if let Some((source, positions)) = self.original(&positions) {
            self.replace(start, source, &positions)?;
        }
        Some(())
    }

    /// The function's positions in its source file; `None` when it comes from none, or from several.
    fn original(&self, positions: &Positions) -> Option<(u32, Positions)> {
        let start = self.map.original(positions.start)?;
        let mut last = start.position;
        let mut instructions = Vec::with_capacity(positions.instructions.len());
        for &(offset, position) in &positions.instructions {
            // Code that the bundler added counts as part of what is before it.
            if let Some(Original { source, position }) = self.map.original(position) {
                if source != start.source {
                    return None;
                }
                last = position;
            }
            instructions.push((offset, last));
        }
        Some((start.source, Positions { start: start.position, instructions }))
    }

    /// Writes new positions in the place of those from `start` to here.
    fn replace(&mut self, start: usize, source: u32, positions: &Positions) -> Option<()> {
        self.out.extend_from_slice(&self.bytes[self.copied..start]);
        self.copied = self.cursor.position();
        let next = self.atoms.added.len() as u32;
        let index = *self.atoms.index.entry(source).or_insert(next);
        if index == next {
            self.atoms.added.push(source);
        }
        let atom = self.atoms.first?.checked_add(self.atoms.count)?.checked_add(index)?;
        push(&mut self.out, atom << 1);
        push(&mut self.out, positions.start.line);
        push(&mut self.out, positions.start.column);
        let table = positions.encode();
        push(&mut self.out, table.len() as u32);
        self.out.extend_from_slice(&table);
        // No source text.
        self.out.push(0);
        Some(())
    }

    fn finish(mut self) -> Result<Relocated, String> {
        if !self.cursor.is_at_end() {
            return Err(format!("{} bytes follow the module", self.bytes.len() - self.cursor.position()));
        }
        self.out.extend_from_slice(&self.bytes[self.copied..]);
        let mut bytecode = vec![VERSION];
        bytecode.extend_from_slice(&[0xff; CHECKSUM]);
        push(&mut bytecode, self.atoms.count + self.atoms.added.len() as u32);
        let table = 1 + CHECKSUM;
        let mut head = Cursor::new(&self.bytes[table..]);
        head.number();
        bytecode.extend_from_slice(&self.bytes[table + head.position()..self.atoms.end]);
        for source in &self.atoms.added {
            push_atom(&mut bytecode, &self.map.sources[*source as usize]);
        }
        bytecode.extend_from_slice(&self.out);
        Ok(Relocated { bytecode, rest: explain(self.body, self.map) })
    }
}

/// A string atom: its length with a bit for wide characters, then Latin-1 or UTF-16.
fn push_atom(out: &mut Vec<u8>, text: &str) {
    out.push(STRING_ATOM);
    let latin: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(character as u32).ok()).collect();
    match latin {
        Some(bytes) => {
            push(out, (bytes.len() as u32) << 1);
            out.extend_from_slice(&bytes);
        }
        None => {
            let units: Vec<u16> = text.encode_utf16().collect();
            push(out, (units.len() as u32) << 1 | 1);
            out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
        }
    }
}

/// A map of just these places.
fn explain(mut positions: Vec<Position>, map: &SourceMap) -> SourceMap {
    positions.sort_unstable();
    positions.dedup();
    let mut rest = SourceMap::default();
    let mut index = HashMap::new();
    for generated in positions {
        let original = map.original(generated).map(|original| {
            let next = rest.sources.len() as u32;
            let source = *index.entry(original.source).or_insert(next);
            if source == next {
                rest.sources.push(map.sources[original.source as usize].clone());
            }
            Original { source, ..original }
        });
        rest.segments.push(Segment { generated, original });
    }
    rest
}
