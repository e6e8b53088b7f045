//! Compression to DEFLATE (RFC 1951), raw or in a zlib (RFC 1950) or gzip (RFC 1952) wrapper.
//!
//! DEFLATE leaves an encoder free to choose matches and blocks, and programs compare compressed
//! bytes: ETags, snapshots, signatures. Node's choices are those of Chromium's zlib, so this follows
//! zlib's algorithm decision for decision, with Chromium's hash of four bytes in place of zlib's of
//! three. No published crate does: zlib-rs and zlib-ng, flate2's backends and miniz_oxide each find
//! other matches. `test/` compares the bytes with Node's.

mod blocks;
mod config;
mod huffman;
mod matches;
mod static_trees;
mod stored;
mod strategies;
mod window;

use crate::checksum::{adler32, crc32};
use crate::code::Code;
use blocks::Blocks;
use config::{CONFIGURATIONS, Function};
use window::Window;

/// What a call asks for besides compressing its input; zlib's numbers.
pub mod flush {
    pub const NONE: i32 = 0;
    pub const PARTIAL: i32 = 1;
    pub const FULL: i32 = 3;
    pub const FINISH: i32 = 4;
    pub const BLOCK: i32 = 5;
}

/// How to look for matches; zlib's numbers.
pub mod strategy {
    pub const FILTERED: i32 = 1;
    pub const HUFFMAN_ONLY: i32 = 2;
    pub const RLE: i32 = 3;
    pub const FIXED: i32 = 4;
}

/// The level that stands for the default, and what it is.
const DEFAULT_LEVEL: (i32, i32) = (-1, 6);

/// The operating system in a gzip header: Unix, as Node writes on Linux.
const GZIP_OS: u8 = 3;

/// Input and output of one call; the positions tell how far it came.
pub struct Io<'a> {
    pub input: &'a [u8],
    pub consumed: usize,
    pub output: &'a mut [u8],
    pub produced: usize,
}

impl<'a> Io<'a> {
    pub fn new(input: &'a [u8], output: &'a mut [u8]) -> Io<'a> {
        Io { input, consumed: 0, output, produced: 0 }
    }

    pub fn available_input(&self) -> usize {
        self.input.len() - self.consumed
    }

    pub fn available_output(&self) -> usize {
        self.output.len() - self.produced
    }

    fn write(&mut self, bytes: &[u8]) {
        self.output[self.produced..self.produced + bytes.len()].copy_from_slice(bytes);
        self.produced += bytes.len();
    }
}

/// The frame around the compressed data.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrapper {
    Raw,
    Zlib,
    Gzip,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    /// The header is still to be written.
    Initial,
    Busy,
    /// The last block is written, or under way.
    Finishing,
}

/// How a strategy left the current block.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// It wants more input, or more room for output.
    NeedMore,
    BlockDone,
    /// The last block waits for room.
    FinishStarted,
    FinishDone,
}

/// A stream being compressed.
pub struct Deflate {
    wrapper: Wrapper,
    status: Status,
    is_trailer_written: bool,
    /// The flush of the previous call; -1 when the output was full then, -2 before the first call.
    last_flush: i32,
    level: i32,
    strategy: i32,
    check: Check,
    window: Window,
    blocks: Blocks,
}

/// What the trailer needs to know of the data.
struct Check {
    wrapper: Wrapper,
    value: u32,
    length: u32,
}

impl Check {
    fn update(&mut self, bytes: &[u8]) {
        self.length = self.length.wrapping_add(bytes.len() as u32);
        match self.wrapper {
            Wrapper::Zlib => self.value = adler32(self.value, bytes),
            Wrapper::Gzip => self.value = crc32(self.value, bytes),
            Wrapper::Raw => {}
        }
    }
}

impl Deflate {
    /// A stream with zlib's parameters, or `StreamError` when one is out of its range.
    pub fn new(
        wrapper: Wrapper,
        level: i32,
        window_bits: i32,
        memory_level: i32,
        strategy: i32,
    ) -> Result<Deflate, Code> {
        let level = if level == DEFAULT_LEVEL.0 { DEFAULT_LEVEL.1 } else { level };
        let is_valid = (1..=9).contains(&memory_level)
            && (8..=15).contains(&window_bits)
            && (0..=9).contains(&level)
            && (0..=strategy::FIXED).contains(&strategy)
            && (window_bits != 8 || wrapper == Wrapper::Zlib);
        if !is_valid {
            return Err(Code::StreamError);
        }
        // A window of 256 bytes has never worked in zlib, which uses the next size too.
        let window_bits = window_bits.max(9) as u32;
        let memory_level = memory_level as u32;
        let mut deflate = Deflate {
            wrapper,
            status: Status::Initial,
            is_trailer_written: false,
            last_flush: -2,
            level,
            strategy,
            check: Check { wrapper, value: 0, length: 0 },
            window: Window::new(window_bits, memory_level),
            blocks: Blocks::new(memory_level),
        };
        deflate.reset();
        Ok(deflate)
    }

    /// Starts another stream with the same parameters.
    pub fn reset(&mut self) {
        self.status = Status::Initial;
        self.is_trailer_written = false;
        self.last_flush = -2;
        let value = u32::from(self.wrapper == Wrapper::Zlib);
        self.check = Check { wrapper: self.wrapper, value, length: 0 };
        self.window.reset(&CONFIGURATIONS[self.level as usize]);
        self.blocks.reset();
    }

    /// Gives the data that matches may refer to before the first byte.
    pub fn set_dictionary(&mut self, dictionary: &[u8]) -> Code {
        let is_late = self.wrapper == Wrapper::Zlib && self.status != Status::Initial;
        if self.wrapper == Wrapper::Gzip || is_late || self.window.lookahead != 0 {
            return Code::StreamError;
        }
        if self.wrapper == Wrapper::Zlib {
            self.check.value = adler32(self.check.value, dictionary);
        }
        self.window.preload(dictionary, self.wrapper == Wrapper::Raw);
        Code::Ok
    }

    /// Changes level and strategy between two calls; what was compressed with the old ones has to be
    /// flushed before.
    pub fn set_parameters(&mut self, level: i32, strategy: i32) -> Code {
        let level = if level == DEFAULT_LEVEL.0 { DEFAULT_LEVEL.1 } else { level };
        if !(0..=9).contains(&level) || !(0..=strategy::FIXED).contains(&strategy) {
            return Code::StreamError;
        }
        let function = |level: i32| CONFIGURATIONS[level as usize].function;
        let changes = strategy != self.strategy || function(level) != function(self.level);
        if changes && self.last_flush != -2 {
            let code = self.deflate(&mut Io::new(&[], &mut []), flush::BLOCK);
            if code == Code::StreamError {
                return code;
            }
            if self.window.unwritten() != 0 {
                return Code::BufError;
            }
        }
        if self.level != level {
            if self.level == 0 {
                self.window.rehash_after_stored();
            }
            self.level = level;
            self.window.configure(&CONFIGURATIONS[level as usize]);
        }
        self.strategy = strategy;
        Code::Ok
    }

    /// Compresses as much as input and room allow.
    pub fn deflate(&mut self, io: &mut Io<'_>, flush: i32) -> Code {
        if !(flush::NONE..=flush::BLOCK).contains(&flush)
            || (self.status == Status::Finishing && flush != flush::FINISH)
        {
            return Code::StreamError;
        }
        if io.available_output() == 0 {
            return Code::BufError;
        }
        let previous = std::mem::replace(&mut self.last_flush, flush);
        if self.blocks.has_pending() {
            self.blocks.flush_pending(io);
            if io.available_output() == 0 {
                return self.output_is_full();
            }
        } else if io.available_input() == 0 && rank(flush) <= rank(previous) && flush != flush::FINISH {
            return Code::BufError;
        }
        if self.status == Status::Finishing && io.available_input() != 0 {
            return Code::BufError;
        }
        if self.status == Status::Initial && !self.write_header(io) {
            return self.output_is_full();
        }
        if let Some(code) = self.compress(io, flush) {
            return code;
        }
        if flush != flush::FINISH {
            return Code::Ok;
        }
        self.finish(io)
    }

    /// Remembers that the next call may not be refused for a repeated flush.
    fn output_is_full(&mut self) -> Code {
        self.last_flush = -1;
        Code::Ok
    }

    /// Compresses; a code when the call ends with that.
    fn compress(&mut self, io: &mut Io<'_>, flush: i32) -> Option<Code> {
        let has_work = io.available_input() != 0
            || self.window.lookahead != 0
            || (flush != flush::NONE && self.status != Status::Finishing);
        if !has_work {
            return None;
        }
        let progress = self.run_strategy(io, flush);
        if matches!(progress, Progress::FinishStarted | Progress::FinishDone) {
            self.status = Status::Finishing;
        }
        match progress {
            Progress::NeedMore | Progress::FinishStarted => {
                if io.available_output() == 0 {
                    self.last_flush = -1;
                }
                Some(Code::Ok)
            }
            Progress::FinishDone => None,
            Progress::BlockDone => {
                self.end_flush(flush);
                self.blocks.flush_pending(io);
                (io.available_output() == 0).then(|| self.output_is_full())
            }
        }
    }

    /// Ends a flushed block in the way that the flush asks for.
    fn end_flush(&mut self, flush: i32) {
        if flush == flush::PARTIAL {
            self.blocks.align();
        } else if flush != flush::BLOCK {
            self.blocks.stored_block(&[], false);
            if flush == flush::FULL {
                self.window.forget();
            }
        }
    }

    fn run_strategy(&mut self, io: &mut Io<'_>, flush: i32) -> Progress {
        if self.level == 0 {
            return self.stored(io, flush);
        }
        match (self.strategy, CONFIGURATIONS[self.level as usize].function) {
            (strategy::HUFFMAN_ONLY, _) => self.huffman_only(io, flush),
            (strategy::RLE, _) => self.run_lengths(io, flush),
            (_, Function::Slow) => self.lazy(io, flush),
            _ => self.greedy(io, flush),
        }
    }

    /// Writes the header; false when there was no room for all of it.
    fn write_header(&mut self, io: &mut Io<'_>) -> bool {
        self.status = Status::Busy;
        let is_fast = self.strategy >= strategy::HUFFMAN_ONLY || self.level < 2;
        match self.wrapper {
            Wrapper::Raw => return true,
            Wrapper::Zlib => self.write_zlib_header(is_fast),
            Wrapper::Gzip => {
                let extra = match (self.level, is_fast) {
                    (9, _) => 2,
                    (_, true) => 4,
                    _ => 0,
                };
                self.blocks.put_bytes(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, extra, GZIP_OS]);
                self.check.value = 0;
            }
        }
        self.blocks.flush_pending(io);
        !self.blocks.has_pending()
    }

    fn write_zlib_header(&mut self, is_fast: bool) {
        let level_flags = match self.level {
            _ if is_fast => 0,
            ..6 => 1,
            6 => 2,
            _ => 3,
        };
        let has_dictionary = self.window.start != 0;
        let mut header = (8 + ((self.window.bits as u16 - 8) << 4)) << 8;
        header |= level_flags << 6;
        header |= u16::from(has_dictionary) << 5;
        header += 31 - header % 31;
        self.blocks.put_bytes(&header.to_be_bytes());
        if has_dictionary {
            self.blocks.put_bytes(&self.check.value.to_be_bytes());
        }
        self.check.value = 1;
    }

    /// Writes the trailer.
    fn finish(&mut self, io: &mut Io<'_>) -> Code {
        if self.wrapper == Wrapper::Raw || self.is_trailer_written {
            return Code::StreamEnd;
        }
        if self.wrapper == Wrapper::Gzip {
            self.blocks.put_bytes(&self.check.value.to_le_bytes());
            self.blocks.put_bytes(&self.check.length.to_le_bytes());
        } else {
            self.blocks.put_bytes(&self.check.value.to_be_bytes());
        }
        self.blocks.flush_pending(io);
        self.is_trailer_written = true;
        if self.blocks.has_pending() { Code::Ok } else { Code::StreamEnd }
    }
}

/// Orders flushes by how much they do: a block is less than a partial flush.
fn rank(flush: i32) -> i32 {
    flush * 2 - if flush > flush::FINISH { 9 } else { 0 }
}
