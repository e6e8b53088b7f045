//! The data that matches may refer to, and the chains of positions with equal hashes.

use super::config::Configuration;
use super::{Check, Io};

pub const MIN_MATCH: usize = 3;
pub const MAX_MATCH: usize = 258;
/// Bytes ahead that a search may look at.
pub const MIN_LOOKAHEAD: usize = MAX_MATCH + MIN_MATCH + 1;

/// The least hash bits of Chromium's zlib on processors with its vector instructions, which are all
/// that Lambda has.
const LEAST_HASH_BITS: u32 = 15;

/// Bytes after the window that a hash of four bytes may read.
const PADDING: usize = 8;

pub struct Window {
    pub bits: u32,
    pub size: usize,
    mask: usize,
    /// Twice `size`: the upper half is moved to the lower when it is used up.
    pub bytes: Box<[u8]>,
    /// Latest position of each hash; 0 is none.
    head: Box<[u16]>,
    /// The position before, of the same hash.
    previous: Box<[u16]>,
    hash_mask: u32,
    /// Where the next byte to compress lies.
    pub start: usize,
    /// Where the current block begins; negative once that has left the window.
    pub block_start: isize,
    /// Bytes from `start` on that are not compressed yet.
    pub lookahead: usize,
    /// Bytes before `start` that are not in the hash chains yet.
    pub unhashed: usize,
    /// Up to where the bytes are written or zeroed: hashes must not read what an earlier stream left.
    pub high_water: usize,
    /// Whether the chains are valid for the bytes: 0 yes, 1 after one slide, 2 not at all. Stored
    /// blocks leave them behind.
    pub stale_slides: u32,
    pub match_length: usize,
    pub match_start: usize,
    pub previous_length: usize,
    pub is_match_available: bool,
    pub good: usize,
    pub lazy: usize,
    pub nice: usize,
    pub chain: usize,
}

impl Window {
    pub fn new(bits: u32, memory_level: u32) -> Window {
        let size = 1 << bits;
        let hash_size = 1usize << (memory_level + 7).max(LEAST_HASH_BITS);
        Window {
            bits,
            size,
            mask: size - 1,
            bytes: vec![0; 2 * size + PADDING].into_boxed_slice(),
            head: vec![0; hash_size].into_boxed_slice(),
            previous: vec![0; size].into_boxed_slice(),
            hash_mask: hash_size as u32 - 1,
            start: 0,
            block_start: 0,
            lookahead: 0,
            unhashed: 0,
            high_water: 0,
            stale_slides: 0,
            match_length: 0,
            match_start: 0,
            previous_length: 0,
            is_match_available: false,
            good: 0,
            lazy: 0,
            nice: 0,
            chain: 0,
        }
    }

    pub fn reset(&mut self, configuration: &Configuration) {
        self.head.fill(0);
        self.configure(configuration);
        self.start = 0;
        self.block_start = 0;
        self.lookahead = 0;
        self.unhashed = 0;
        self.stale_slides = 0;
        self.forget_match();
    }

    pub fn configure(&mut self, configuration: &Configuration) {
        self.good = configuration.good;
        self.lazy = configuration.lazy;
        self.nice = configuration.nice;
        self.chain = configuration.chain;
    }

    fn forget_match(&mut self) {
        self.match_length = MIN_MATCH - 1;
        self.previous_length = MIN_MATCH - 1;
        self.is_match_available = false;
    }

    /// Farthest distance of a match.
    pub fn max_distance(&self) -> usize {
        self.size - MIN_LOOKAHEAD
    }

    /// Bytes taken in and not yet in a block.
    pub fn unwritten(&self) -> usize {
        (self.start as isize - self.block_start) as usize + self.lookahead
    }

    /// Forgets all history, as a full flush asks.
    pub fn forget(&mut self) {
        self.head.fill(0);
        if self.lookahead == 0 {
            self.start = 0;
            self.block_start = 0;
            self.unhashed = 0;
        }
    }

    /// Makes the chains valid again for a level that uses them.
    pub fn rehash_after_stored(&mut self) {
        match self.stale_slides {
            0 => {}
            1 => self.slide_chains(),
            _ => self.head.fill(0),
        }
        self.stale_slides = 0;
    }

    /// Enters `position` into its chain and returns the one before it there, 0 for none.
    #[inline]
    pub fn insert(&mut self, position: usize) -> usize {
        let bytes = &self.bytes[position..position + 4];
        let value = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]);
        let hash = (value.wrapping_mul(66_521).wrapping_add(66_521) >> 16) & self.hash_mask;
        let head = &mut self.head[hash as usize];
        let before = *head;
        *head = position as u16;
        self.previous[position & self.mask] = before;
        usize::from(before)
    }

    /// The position before `position` in its chain.
    #[inline]
    pub fn before(&self, position: usize) -> usize {
        usize::from(self.previous[position & self.mask])
    }

    /// Takes in as much input as fits, until there is enough to look ahead.
    pub fn fill(&mut self, io: &mut Io<'_>, check: &mut Check) {
        let input = io.input;
        while self.fill_once(&input[io.consumed..], |taken| {
            check.update(&input[io.consumed..io.consumed + taken]);
            io.consumed += taken;
            io.available_input()
        }) {}
        self.clear_ahead();
    }

    /// One round of `fill`; `take` is told how much was taken and says how much is left. True when
    /// another round is due.
    fn fill_once(&mut self, input: &[u8], take: impl FnOnce(usize) -> usize) -> bool {
        let mut room = 2 * self.size - self.lookahead - self.start;
        if self.start >= self.size + self.max_distance() {
            self.slide(self.size - room);
            room += self.size;
        }
        if input.is_empty() {
            return false;
        }
        let taken = room.min(input.len());
        let end = self.start + self.lookahead;
        self.bytes[end..end + taken].copy_from_slice(&input[..taken]);
        self.lookahead += taken;
        let left = take(taken);
        self.insert_unhashed();
        self.lookahead < MIN_LOOKAHEAD && left != 0
    }

    /// Enters what was too near the end of the data before.
    fn insert_unhashed(&mut self) {
        let mut position = self.start - self.unhashed;
        while self.unhashed != 0 && self.lookahead + self.unhashed > MIN_MATCH {
            self.insert(position);
            position += 1;
            self.unhashed -= 1;
        }
    }

    /// Moves the upper half to the lower.
    fn slide(&mut self, length: usize) {
        self.bytes.copy_within(self.size..self.size + length, 0);
        self.match_start = self.match_start.wrapping_sub(self.size);
        self.start -= self.size;
        self.block_start -= self.size as isize;
        self.unhashed = self.unhashed.min(self.start);
        self.slide_chains();
    }

    fn slide_chains(&mut self) {
        let size = self.size as u16;
        for position in self.head.iter_mut().chain(self.previous.iter_mut()) {
            *position = position.saturating_sub(size);
        }
    }

    /// Zeroes what lies just ahead of the data, where nothing was written yet.
    fn clear_ahead(&mut self) {
        let end = self.start + self.lookahead;
        let limit = (end + MAX_MATCH).min(2 * self.size);
        let from = self.high_water.max(end);
        if from < limit {
            self.bytes[from..limit].fill(0);
            self.high_water = limit;
        }
    }

    /// Takes in a dictionary as history.
    pub fn preload(&mut self, mut dictionary: &[u8], is_raw: bool) {
        if dictionary.len() >= self.size {
            if is_raw {
                self.head.fill(0);
                self.start = 0;
                self.block_start = 0;
                self.unhashed = 0;
            }
            dictionary = &dictionary[dictionary.len() - self.size..];
        }
        self.fill_from(&mut dictionary);
        while self.lookahead >= MIN_MATCH {
            let end = self.start + self.lookahead - (MIN_MATCH - 1);
            for position in self.start..end {
                self.insert(position);
            }
            self.start = end;
            self.lookahead = MIN_MATCH - 1;
            self.fill_from(&mut dictionary);
        }
        self.start += self.lookahead;
        self.block_start = self.start as isize;
        self.unhashed = self.lookahead;
        self.lookahead = 0;
        self.forget_match();
    }

    fn fill_from(&mut self, source: &mut &[u8]) {
        loop {
            let mut taken = 0;
            let input = *source;
            let again = self.fill_once(input, |count| {
                taken = count;
                input.len() - count
            });
            *source = &input[taken..];
            if !again {
                break;
            }
        }
        self.clear_ahead();
    }
}
