//! Symbols become blocks, and blocks become bits.

use super::huffman::{Code, Tree, plan};
use super::static_trees::{
    BASE_DISTANCE, BASE_LENGTH, BIT_LENGTH_ORDER, DISTANCE_EXTRA, END_OF_BLOCK, LENGTH_EXTRA, LITERALS,
    STATIC_DISTANCES, STATIC_LITERALS, distance_code, length_code,
};
use super::window::MIN_MATCH;
use super::{Io, strategy};

const STORED: u64 = 0;
const STATIC: u64 = 1;
const DYNAMIC: u64 = 2;

/// The longest stored block.
pub const MAX_STORED: usize = 65_535;

/// A literal, when `distance` is 0; else a match of `value` + 3 bytes.
#[derive(Clone, Copy)]
struct Symbol {
    distance: u16,
    value: u8,
}

/// The block under way, and the output that waits for room.
pub struct Blocks {
    symbols: Vec<Symbol>,
    /// Symbols at which a block ends.
    capacity: usize,
    literals: Tree,
    distances: Tree,
    bit_lengths: Tree,
    pending: Vec<u8>,
    pending_start: usize,
    /// Bytes that may be pending before a stored block has to wait.
    pub pending_capacity: usize,
    bits: u64,
    pub bit_count: u32,
}

impl Blocks {
    pub fn new(memory_level: u32) -> Blocks {
        let symbols = 1usize << (memory_level + 6);
        Blocks {
            symbols: Vec::with_capacity(symbols),
            capacity: symbols - 1,
            literals: Tree::literals(),
            distances: Tree::distances(),
            bit_lengths: Tree::bit_lengths(),
            pending: Vec::with_capacity(symbols),
            pending_start: 0,
            pending_capacity: symbols * 4,
            bits: 0,
            bit_count: 0,
        }
    }

    pub fn reset(&mut self) {
        self.pending.clear();
        self.pending_start = 0;
        self.bits = 0;
        self.bit_count = 0;
        self.start_block();
    }

    fn start_block(&mut self) {
        self.symbols.clear();
        self.literals.clear();
        self.distances.clear();
        self.bit_lengths.clear();
        self.literals.count(END_OF_BLOCK);
    }

    pub fn has_symbols(&self) -> bool {
        !self.symbols.is_empty()
    }

    /// Adds a byte as it is; true when the block is full.
    #[inline]
    pub fn add_literal(&mut self, byte: u8) -> bool {
        self.symbols.push(Symbol { distance: 0, value: byte });
        self.literals.count(usize::from(byte));
        self.symbols.len() == self.capacity
    }

    /// Adds a match; true when the block is full.
    #[inline]
    pub fn add_match(&mut self, distance: usize, length: usize) -> bool {
        let value = (length - MIN_MATCH) as u8;
        self.symbols.push(Symbol { distance: distance as u16, value });
        self.literals.count(length_code(value) + LITERALS + 1);
        self.distances.count(distance_code(distance - 1));
        self.symbols.len() == self.capacity
    }

    /// Writes the block in its shortest form.
    ///
    /// `stored` is its data, unless that has left the window already.
    pub fn flush_block(
        &mut self,
        stored: Option<&[u8]>,
        length: usize,
        is_last: bool,
        level: i32,
        strategy: i32,
    ) {
        let mut bit_length_codes = 0;
        let (best, fixed) = if level > 0 {
            let literals = self.literals.build();
            let distances = self.distances.build();
            let lengths;
            (bit_length_codes, lengths) = self.plan_bit_lengths();
            let dynamic = (literals.dynamic + distances.dynamic + lengths + 3 + 7) >> 3;
            let fixed = (literals.fixed + distances.fixed + 3 + 7) >> 3;
            (if fixed <= dynamic || strategy == strategy::FIXED { fixed } else { dynamic }, fixed)
        } else {
            (length as i64 + 5, length as i64 + 5)
        };
        match stored {
            Some(data) if length as i64 + 4 <= best => self.stored_block(data, is_last),
            _ if fixed == best => {
                self.put((STATIC << 1) | u64::from(is_last), 3);
                self.write_symbols(&STATIC_LITERALS, &STATIC_DISTANCES);
            }
            _ => {
                self.put((DYNAMIC << 1) | u64::from(is_last), 3);
                self.write_trees(bit_length_codes);
                let literals = std::mem::take(&mut self.literals.codes);
                let distances = std::mem::take(&mut self.distances.codes);
                self.write_symbols(&literals, &distances);
                self.literals.codes = literals;
                self.distances.codes = distances;
            }
        }
        self.start_block();
        if is_last {
            self.pad_to_byte();
        }
    }

    /// Counts the codes that describe the two trees; returns how many of their own lengths are sent,
    /// and the bits that all of it takes.
    fn plan_bit_lengths(&mut self) -> (usize, i64) {
        let codes = &mut self.bit_lengths;
        for tree in [&self.literals, &self.distances] {
            plan(tree.used(), |code, _, _| codes.count(code));
        }
        let cost = codes.build().dynamic;
        let is_used = |order: &usize| codes.codes[BIT_LENGTH_ORDER[*order]].length != 0;
        let last = (3..BIT_LENGTH_ORDER.len()).rev().find(is_used).unwrap_or(2);
        (last + 1, cost + 3 * (last as i64 + 1) + 5 + 5 + 4)
    }

    fn write_trees(&mut self, bit_length_codes: usize) {
        let (literals, distances) = (self.literals.used().len(), self.distances.used().len());
        self.put(literals as u64 - 257, 5);
        self.put(distances as u64 - 1, 5);
        self.put(bit_length_codes as u64 - 4, 4);
        for symbol in &BIT_LENGTH_ORDER[..bit_length_codes] {
            self.put(u64::from(self.bit_lengths.codes[*symbol].length), 3);
        }
        let mut codes = Vec::with_capacity(literals + distances);
        for tree in [&self.literals, &self.distances] {
            plan(tree.used(), |code, extra, bits| codes.push((code, extra, bits)));
        }
        for (code, extra, bits) in codes {
            self.put_code(self.bit_lengths.codes[code]);
            self.put(extra, bits);
        }
    }

    fn write_symbols(&mut self, literals: &[Code], distances: &[Code]) {
        let symbols = std::mem::take(&mut self.symbols);
        for symbol in &symbols {
            if symbol.distance == 0 {
                self.put_code(literals[usize::from(symbol.value)]);
                continue;
            }
            let code = length_code(symbol.value);
            self.put_code(literals[code + LITERALS + 1]);
            self.put(u64::from(symbol.value - BASE_LENGTH[code]), u32::from(LENGTH_EXTRA[code]));
            let distance = usize::from(symbol.distance) - 1;
            let code = distance_code(distance);
            self.put_code(distances[code]);
            self.put((distance - usize::from(BASE_DISTANCE[code])) as u64, u32::from(DISTANCE_EXTRA[code]));
        }
        self.symbols = symbols;
        self.put_code(literals[END_OF_BLOCK]);
    }

    /// Writes data as it is.
    pub fn stored_block(&mut self, data: &[u8], is_last: bool) {
        self.stored_header(data.len(), is_last);
        self.pending.extend_from_slice(data);
    }

    /// Writes what goes before stored data.
    pub fn stored_header(&mut self, length: usize, is_last: bool) {
        self.put((STORED << 1) | u64::from(is_last), 3);
        self.pad_to_byte();
        self.pending.extend_from_slice(&(length as u16).to_le_bytes());
        self.pending.extend_from_slice(&(!(length as u16)).to_le_bytes());
    }

    /// Writes an empty static block, so that all before it can be decoded.
    pub fn align(&mut self) {
        self.put(STATIC << 1, 3);
        self.put_code(STATIC_LITERALS[END_OF_BLOCK]);
        self.put_whole_bytes();
    }

    pub fn put_bytes(&mut self, bytes: &[u8]) {
        self.pending.extend_from_slice(bytes);
    }

    pub fn has_pending(&self) -> bool {
        self.pending_start != self.pending.len()
    }

    /// Moves as much to the output as there is room for.
    pub fn flush_pending(&mut self, io: &mut Io<'_>) {
        self.put_whole_bytes();
        let end = self.pending.len().min(self.pending_start + io.available_output());
        io.write(&self.pending[self.pending_start..end]);
        self.pending_start = end;
        if !self.has_pending() {
            self.pending.clear();
            self.pending_start = 0;
        }
    }

    fn put_code(&mut self, code: Code) {
        self.put(u64::from(code.bits), u32::from(code.length));
    }

    #[inline]
    fn put(&mut self, value: u64, length: u32) {
        self.bits |= value << self.bit_count;
        self.bit_count += length;
        if self.bit_count >= 32 {
            self.pending.extend_from_slice(&(self.bits as u32).to_le_bytes());
            self.bits >>= 32;
            self.bit_count -= 32;
        }
    }

    fn put_whole_bytes(&mut self) {
        while self.bit_count >= 8 {
            self.pending.push(self.bits as u8);
            self.bits >>= 8;
            self.bit_count -= 8;
        }
    }

    fn pad_to_byte(&mut self) {
        self.bit_count = self.bit_count.next_multiple_of(8);
        self.put_whole_bytes();
        self.bits = 0;
        self.bit_count = 0;
    }
}
