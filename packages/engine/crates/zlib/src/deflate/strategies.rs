//! The four ways to find matches.

use super::matches::common_prefix;
use super::window::{MAX_MATCH, MIN_LOOKAHEAD, MIN_MATCH};
use super::{Deflate, Io, Progress, flush, strategy};

/// Farther than this, a match of three bytes costs more than its literals.
const TOO_FAR: usize = 4096;

/// What a strategy does once the window is filled as far as it can be.
enum Ahead {
    Compress,
    Return(Progress),
    EndOfInput,
}

impl Deflate {
    /// Levels 1 to 3: takes each match as it comes.
    pub(super) fn greedy(&mut self, io: &mut Io<'_>, flush: i32) -> Progress {
        loop {
            match self.look_ahead(io, flush, MIN_LOOKAHEAD) {
                Ahead::Return(progress) => return progress,
                Ahead::EndOfInput => break,
                Ahead::Compress => {}
            }
            let candidate = self.enter();
            if self.is_near(candidate) {
                self.window.match_length = self.window.longest_match(candidate);
            }
            let window = &mut self.window;
            let is_full = if window.match_length >= MIN_MATCH {
                let distance = window.start - window.match_start;
                let is_full = self.blocks.add_match(distance, window.match_length);
                self.skip_match();
                is_full
            } else {
                self.literal()
            };
            if is_full && self.flush_block(io, false) {
                return Progress::NeedMore;
            }
        }
        self.window.unhashed = self.window.start.min(MIN_MATCH - 1);
        self.end(io, flush)
    }

    /// Moves behind a match; enters its positions when it is short enough for that to pay.
    fn skip_match(&mut self) {
        let window = &mut self.window;
        let length = window.match_length;
        window.lookahead -= length;
        if length <= window.lazy && window.lookahead >= MIN_MATCH {
            for position in window.start + 1..window.start + length {
                window.insert(position);
            }
        }
        window.start += length;
        window.match_length = 0;
    }

    /// Levels 4 to 9: keeps a match back until the next position is known to have none better.
    pub(super) fn lazy(&mut self, io: &mut Io<'_>, flush: i32) -> Progress {
        loop {
            match self.look_ahead(io, flush, MIN_LOOKAHEAD) {
                Ahead::Return(progress) => return progress,
                Ahead::EndOfInput => break,
                Ahead::Compress => {}
            }
            let candidate = self.enter();
            let window = &mut self.window;
            window.previous_length = window.match_length;
            let previous_match = window.match_start;
            window.match_length = MIN_MATCH - 1;
            if window.previous_length < window.lazy && self.is_near(candidate) {
                self.window.match_length = self.window.longest_match(candidate);
                self.discard_poor_match();
            }
            let window = &mut self.window;
            if window.previous_length >= MIN_MATCH && window.match_length <= window.previous_length {
                let distance = window.start - 1 - previous_match;
                let is_full = self.blocks.add_match(distance, window.previous_length);
                self.skip_previous_match();
                if is_full && self.flush_block(io, false) {
                    return Progress::NeedMore;
                }
            } else if window.is_match_available {
                let is_full = self.blocks.add_literal(window.bytes[window.start - 1]);
                if is_full {
                    self.write_block(io, false);
                }
                self.window.start += 1;
                self.window.lookahead -= 1;
                if io.available_output() == 0 {
                    return Progress::NeedMore;
                }
            } else {
                window.is_match_available = true;
                window.start += 1;
                window.lookahead -= 1;
            }
        }
        if self.window.is_match_available {
            self.blocks.add_literal(self.window.bytes[self.window.start - 1]);
            self.window.is_match_available = false;
        }
        self.window.unhashed = self.window.start.min(MIN_MATCH - 1);
        self.end(io, flush)
    }

    /// Drops a match that its literals are likely to beat.
    fn discard_poor_match(&mut self) {
        let window = &mut self.window;
        let is_far = window.match_length == MIN_MATCH && window.start - window.match_start > TOO_FAR;
        if window.match_length <= 5 && (self.strategy == strategy::FILTERED || is_far) {
            window.match_length = MIN_MATCH - 1;
        }
    }

    /// Moves behind the match that began one position ago, entering its positions.
    fn skip_previous_match(&mut self) {
        let window = &mut self.window;
        let last_insert = (window.start + window.lookahead) as isize - MIN_MATCH as isize;
        let end = window.start + window.previous_length - 1;
        window.lookahead -= window.previous_length - 1;
        for position in window.start + 1..end {
            if position as isize <= last_insert {
                window.insert(position);
            }
        }
        window.start = end;
        window.is_match_available = false;
        window.match_length = MIN_MATCH - 1;
    }

    /// Matches of distance one only.
    pub(super) fn run_lengths(&mut self, io: &mut Io<'_>, flush: i32) -> Progress {
        loop {
            match self.look_ahead(io, flush, MAX_MATCH + 1) {
                Ahead::Return(progress) => return progress,
                Ahead::EndOfInput => break,
                Ahead::Compress => {}
            }
            let window = &mut self.window;
            window.match_length = 0;
            if window.lookahead >= MIN_MATCH && window.start > 0 {
                let longest = MAX_MATCH.min(window.lookahead);
                let length = {
                    let from = window.start;
                    let bytes = &window.bytes;
                    common_prefix(&bytes[from..from + longest], &bytes[from - 1..from - 1 + longest])
                };
                if length >= MIN_MATCH {
                    window.match_length = length;
                }
            }
            let length = window.match_length;
            let is_full = if length >= MIN_MATCH {
                window.lookahead -= length;
                window.start += length;
                window.match_length = 0;
                self.blocks.add_match(1, length)
            } else {
                self.literal()
            };
            if is_full && self.flush_block(io, false) {
                return Progress::NeedMore;
            }
        }
        self.window.unhashed = 0;
        self.end(io, flush)
    }

    /// No matches at all.
    pub(super) fn huffman_only(&mut self, io: &mut Io<'_>, flush: i32) -> Progress {
        loop {
            match self.look_ahead(io, flush, 1) {
                Ahead::Return(progress) => return progress,
                Ahead::EndOfInput => break,
                Ahead::Compress => {}
            }
            self.window.match_length = 0;
            if self.literal() && self.flush_block(io, false) {
                return Progress::NeedMore;
            }
        }
        self.window.unhashed = 0;
        self.end(io, flush)
    }

    /// Fills the window when it holds less than `wanted` bytes ahead.
    fn look_ahead(&mut self, io: &mut Io<'_>, flush: i32, wanted: usize) -> Ahead {
        if self.window.lookahead < wanted {
            self.window.fill(io, &mut self.check);
            if self.window.lookahead < wanted && flush == flush::NONE {
                return Ahead::Return(Progress::NeedMore);
            }
            if self.window.lookahead == 0 {
                return Ahead::EndOfInput;
            }
        }
        Ahead::Compress
    }

    /// Enters the current position; returns the one before it in its chain.
    fn enter(&mut self) -> usize {
        if self.window.lookahead >= MIN_MATCH { self.window.insert(self.window.start) } else { 0 }
    }

    fn is_near(&self, candidate: usize) -> bool {
        candidate != 0 && self.window.start - candidate <= self.window.max_distance()
    }

    /// Adds the current byte as it is; true when the block is full.
    fn literal(&mut self) -> bool {
        let is_full = self.blocks.add_literal(self.window.bytes[self.window.start]);
        self.window.lookahead -= 1;
        self.window.start += 1;
        is_full
    }

    /// Ends the block; true when there is no room left for more output.
    fn flush_block(&mut self, io: &mut Io<'_>, is_last: bool) -> bool {
        self.write_block(io, is_last);
        io.available_output() == 0
    }

    fn write_block(&mut self, io: &mut Io<'_>, is_last: bool) {
        let window = &mut self.window;
        let length = (window.start as isize - window.block_start) as usize;
        let stored = usize::try_from(window.block_start).ok().map(|from| &window.bytes[from..window.start]);
        self.blocks.flush_block(stored, length, is_last, self.level, self.strategy);
        window.block_start = window.start as isize;
        self.blocks.flush_pending(io);
    }

    /// Ends the last block of a call that came to the end of its input.
    fn end(&mut self, io: &mut Io<'_>, flush: i32) -> Progress {
        if flush == flush::FINISH {
            return if self.flush_block(io, true) { Progress::FinishStarted } else { Progress::FinishDone };
        }
        if self.blocks.has_symbols() && self.flush_block(io, false) {
            return Progress::NeedMore;
        }
        Progress::BlockDone
    }
}
