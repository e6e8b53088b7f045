//! Huffman trees of limited depth, built as zlib builds them: ties decide which of two equally good
//! trees comes out.

use super::static_trees::{
    BIT_LENGTH_EXTRA, BIT_LENGTHS, DISTANCE_EXTRA, DISTANCES, LENGTH_EXTRA, LITERALS, LITERALS_AND_LENGTHS,
    STATIC_DISTANCES, STATIC_LITERALS,
};

const MAX_BITS: usize = 15;
const MAX_BIT_LENGTH_BITS: usize = 7;
const HEAP_SIZE: usize = 2 * LITERALS_AND_LENGTHS + 1;

/// The code that repeats the last length 3-6 times, and those for 3-10 and 11-138 zeros.
const REPEAT_LAST: usize = 16;
const REPEAT_ZERO: usize = 17;
const REPEAT_ZERO_LONG: usize = 18;

#[derive(Clone, Copy, Default, Debug, PartialEq, Eq)]
pub struct Code {
    pub bits: u16,
    pub length: u16,
}

/// Bits of a block, as far as one tree goes: with the tree, and with the static one.
pub struct Cost {
    pub dynamic: i64,
    pub fixed: i64,
}

pub struct Tree {
    frequencies: Vec<u16>,
    pub codes: Vec<Code>,
    fixed: &'static [Code],
    extra: &'static [u8],
    extra_base: usize,
    max_length: usize,
    /// The largest symbol that occurs.
    last: usize,
}

impl Tree {
    pub fn literals() -> Tree {
        Tree::new(LITERALS_AND_LENGTHS, &STATIC_LITERALS, &LENGTH_EXTRA, LITERALS + 1, MAX_BITS)
    }

    pub fn distances() -> Tree {
        Tree::new(DISTANCES, &STATIC_DISTANCES, &DISTANCE_EXTRA, 0, MAX_BITS)
    }

    pub fn bit_lengths() -> Tree {
        Tree::new(BIT_LENGTHS, &[], &BIT_LENGTH_EXTRA, 0, MAX_BIT_LENGTH_BITS)
    }

    fn new(
        symbols: usize,
        fixed: &'static [Code],
        extra: &'static [u8],
        extra_base: usize,
        max_length: usize,
    ) -> Tree {
        let (frequencies, codes) = (vec![0; symbols], vec![Code::default(); symbols]);
        Tree { frequencies, codes, fixed, extra, extra_base, max_length, last: 0 }
    }

    pub fn clear(&mut self) {
        self.frequencies.fill(0);
    }

    #[inline]
    pub fn count(&mut self, symbol: usize) {
        self.frequencies[symbol] += 1;
    }

    /// The codes up to the last that occurs.
    pub fn used(&self) -> &[Code] {
        &self.codes[..=self.last]
    }

    /// Gives every symbol its code.
    pub fn build(&mut self) -> Cost {
        let mut cost = Cost { dynamic: 0, fixed: 0 };
        let mut heap = Heap::new(&self.frequencies);
        let mut last = heap.nodes.last().copied();
        // The format wants two codes at least, so that symbols that do not occur get one, free of cost.
        while heap.nodes.len() < 2 {
            let filler = match last {
                None => 0,
                Some(last) if last < 2 => last + 1,
                Some(_) => 0,
            };
            last = last.max(Some(filler));
            heap.add_filler(filler);
            self.frequencies[filler] = 1;
            cost.dynamic -= 1;
            cost.fixed -= self.fixed.get(filler).map_or(0, |code| i64::from(code.length));
        }
        self.last = last.unwrap_or(0);
        let order = heap.join();
        let counts = self.assign_lengths(&order, &heap.parents, &mut cost);
        self.assign_bits(&counts);
        cost
    }

    /// Takes the lengths from the tree, shortening those over the limit; returns how many codes have
    /// each length.
    ///
    /// `order` is every node, the rarest last.
    fn assign_lengths(&mut self, order: &[usize], parents: &[usize], cost: &mut Cost) -> [u16; MAX_BITS + 1] {
        self.codes.fill(Code::default());
        let mut counts = [0; MAX_BITS + 1];
        let mut lengths = [0u16; HEAP_SIZE];
        let mut overflow = 0;
        for &node in &order[1..] {
            let mut length = usize::from(lengths[parents[node]]) + 1;
            if length > self.max_length {
                length = self.max_length;
                overflow += 1;
            }
            lengths[node] = length as u16;
            if node >= self.frequencies.len() {
                continue;
            }
            counts[length] += 1;
            self.codes[node].length = length as u16;
            let frequency = i64::from(self.frequencies[node]);
            let extra = node.checked_sub(self.extra_base).map_or(0, |index| i64::from(self.extra[index]));
            let fixed = self.fixed.get(node).map_or(0, |code| i64::from(code.length));
            cost.dynamic += frequency * (length as i64 + extra);
            cost.fixed += frequency * (fixed + extra);
        }
        if overflow > 0 {
            self.shorten(order, &mut counts, overflow, cost);
        }
        counts
    }

    /// Makes room for the codes that were over the limit, by lengthening the rarest others.
    fn shorten(
        &mut self,
        order: &[usize],
        counts: &mut [u16; MAX_BITS + 1],
        mut overflow: i32,
        cost: &mut Cost,
    ) {
        while overflow > 0 {
            let longest = (1..self.max_length).rev().find(|length| counts[*length] != 0).unwrap_or(1);
            counts[longest] -= 1;
            counts[longest + 1] += 2;
            counts[self.max_length] -= 1;
            // A leaf went down, and an overflowing one became its brother: two of them are settled.
            overflow -= 2;
        }
        let mut leaves = order.iter().rev().copied().filter(|node| *node < self.frequencies.len());
        for length in (1..=self.max_length).rev() {
            for node in leaves.by_ref().take(usize::from(counts[length])) {
                let code = &mut self.codes[node];
                let change = length as i64 - i64::from(code.length);
                cost.dynamic += change * i64::from(self.frequencies[node]);
                code.length = length as u16;
            }
        }
    }

    fn assign_bits(&mut self, counts: &[u16; MAX_BITS + 1]) {
        assign_bits(&mut self.codes, counts);
    }
}

/// Gives codes of known lengths their bits: in order of length and then of symbol, mirrored.
pub const fn assign_bits(codes: &mut [Code], counts: &[u16; MAX_BITS + 1]) {
    let mut next = [0u16; MAX_BITS + 1];
    let mut code = 0u16;
    let mut length = 1;
    while length <= MAX_BITS {
        code = (code + counts[length - 1]) << 1;
        next[length] = code;
        length += 1;
    }
    let mut symbol = 0;
    while symbol < codes.len() {
        let length = codes[symbol].length;
        if length != 0 {
            codes[symbol].bits = next[length as usize].reverse_bits() >> (16 - length);
            next[length as usize] += 1;
        }
        symbol += 1;
    }
}

/// Nodes without a parent, the rarest first.
struct Heap {
    nodes: Vec<usize>,
    frequencies: [u32; HEAP_SIZE],
    depths: [u8; HEAP_SIZE],
    parents: [usize; HEAP_SIZE],
    symbols: usize,
}

impl Heap {
    fn new(symbols: &[u16]) -> Heap {
        let mut frequencies = [0; HEAP_SIZE];
        let mut nodes = Vec::with_capacity(symbols.len());
        for (symbol, frequency) in symbols.iter().enumerate().filter(|(_, frequency)| **frequency != 0) {
            frequencies[symbol] = u32::from(*frequency);
            nodes.push(symbol);
        }
        Heap { nodes, frequencies, depths: [0; HEAP_SIZE], parents: [0; HEAP_SIZE], symbols: symbols.len() }
    }

    fn add_filler(&mut self, symbol: usize) {
        self.frequencies[symbol] = 1;
        self.nodes.push(symbol);
    }

    /// Joins the two rarest nodes until one is left; returns all of them, the root first.
    fn join(&mut self) -> Vec<usize> {
        let mut order = Vec::with_capacity(2 * self.nodes.len());
        for index in (0..self.nodes.len() / 2).rev() {
            self.sift_down(index);
        }
        let mut parent = self.symbols;
        loop {
            let rarest = self.nodes.swap_remove(0);
            self.sift_down(0);
            let second = self.nodes[0];
            order.extend([rarest, second]);
            self.frequencies[parent] = self.frequencies[rarest] + self.frequencies[second];
            self.depths[parent] = self.depths[rarest].max(self.depths[second]) + 1;
            self.parents[rarest] = parent;
            self.parents[second] = parent;
            self.nodes[0] = parent;
            parent += 1;
            self.sift_down(0);
            if self.nodes.len() < 2 {
                break;
            }
        }
        order.push(self.nodes[0]);
        order.reverse();
        order
    }

    fn sift_down(&mut self, mut index: usize) {
        let node = self.nodes[index];
        loop {
            let mut child = 2 * index + 1;
            if child >= self.nodes.len() {
                break;
            }
            if child + 1 < self.nodes.len() && self.is_smaller(self.nodes[child + 1], self.nodes[child]) {
                child += 1;
            }
            if self.is_smaller(node, self.nodes[child]) {
                break;
            }
            self.nodes[index] = self.nodes[child];
            index = child;
        }
        self.nodes[index] = node;
    }

    fn is_smaller(&self, left: usize, right: usize) -> bool {
        let key = |node: usize| (self.frequencies[node], self.depths[node]);
        key(left) <= key(right)
    }
}

/// Calls `emit` with each code, its extra bits and their number, that describe the lengths of a tree.
pub fn plan(codes: &[Code], mut emit: impl FnMut(usize, u64, u32)) {
    let mut rest = codes;
    while let Some(first) = rest.first() {
        let length = first.length;
        let run = rest.iter().take_while(|code| code.length == length).count();
        let mut left = run;
        if length != 0 {
            emit(usize::from(length), 0, 0);
            left -= 1;
        }
        emit_run(usize::from(length), left, &mut emit);
        rest = &rest[run..];
    }
}

/// A run of one length, of which one was sent already unless it is zero.
fn emit_run(length: usize, mut left: usize, emit: &mut impl FnMut(usize, u64, u32)) {
    while left > 0 {
        let (code, least, most, bits) = match (length, left) {
            (0, 11..) => (REPEAT_ZERO_LONG, 11, 138, 7),
            (0, 3..) => (REPEAT_ZERO, 3, 10, 3),
            (1.., 3..) => (REPEAT_LAST, 3, 6, 2),
            _ => (length, 1, 1, 0),
        };
        let taken = left.min(most);
        emit(code, (taken - least) as u64, bits);
        left -= taken;
    }
}
