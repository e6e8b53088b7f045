//! Level 0: copies, from the input to the output directly where both have room.

use super::blocks::MAX_STORED;
use super::{Deflate, Io, Progress, flush};

impl Deflate {
    pub(super) fn stored(&mut self, io: &mut Io<'_>, flush: i32) -> Progress {
        let smallest = (self.blocks.pending_capacity - 5).min(self.window.size);
        let consumed = io.consumed;
        let is_last = self.copy_directly(io, flush, smallest);
        self.remember(io, io.consumed - consumed);
        let window = &mut self.window;
        window.high_water = window.high_water.max(window.start);
        if is_last {
            return Progress::FinishDone;
        }
        let is_flush = flush != flush::NONE && flush != flush::FINISH;
        if is_flush && io.available_input() == 0 && window.start as isize == window.block_start {
            return Progress::BlockDone;
        }
        self.take_in(io);
        if self.store_pending(io, flush) { Progress::FinishStarted } else { Progress::NeedMore }
    }

    /// Bytes in the window that are in no block yet.
    fn waiting(&self) -> usize {
        (self.window.start as isize - self.window.block_start) as usize
    }

    /// Bytes that the header of a stored block takes at this bit.
    fn stored_header_length(&self) -> usize {
        (self.blocks.bit_count as usize + 42) >> 3
    }

    /// Writes blocks from window and input to the output; true after the last block of the stream.
    fn copy_directly(&mut self, io: &mut Io<'_>, flush: i32, smallest: usize) -> bool {
        loop {
            let header = self.stored_header_length();
            if io.available_output() < header {
                return false;
            }
            let room = io.available_output() - header;
            let waiting = self.waiting();
            let all = waiting + io.available_input();
            let length = MAX_STORED.min(all).min(room);
            let is_small = length < smallest;
            if is_small && ((length == 0 && flush != flush::FINISH) || flush == flush::NONE || length != all)
            {
                return false;
            }
            let is_last = flush == flush::FINISH && length == all;
            self.blocks.stored_header(length, is_last);
            self.blocks.flush_pending(io);
            let from_window = waiting.min(length);
            if from_window != 0 {
                let from = self.window.block_start as usize;
                io.write(&self.window.bytes[from..from + from_window]);
                self.window.block_start += from_window as isize;
            }
            let from_input = length - from_window;
            if from_input != 0 {
                let bytes = &io.input[io.consumed..io.consumed + from_input];
                io.write(bytes);
                self.check.update(bytes);
                io.consumed += from_input;
            }
            if is_last {
                return true;
            }
        }
    }

    /// Keeps the last `count` bytes of the input in the window, for a level that looks for matches.
    fn remember(&mut self, io: &Io<'_>, count: usize) {
        if count == 0 {
            return;
        }
        let size = self.window.size;
        let copied = &io.input[io.consumed - count..io.consumed];
        if count >= size {
            self.window.stale_slides = 2;
            self.window.bytes[..size].copy_from_slice(&copied[count - size..]);
            self.window.start = size;
            self.window.unhashed = size;
        } else {
            if 2 * size - self.window.start <= count {
                self.slide_stored();
            }
            let start = self.window.start;
            self.window.bytes[start..start + count].copy_from_slice(copied);
            self.window.start += count;
            self.window.unhashed += count.min(size - self.window.unhashed);
        }
        self.window.block_start = self.window.start as isize;
    }

    /// Moves the upper half of the window to the lower, leaving the chains behind.
    fn slide_stored(&mut self) {
        let window = &mut self.window;
        window.start -= window.size;
        window.bytes.copy_within(window.size..window.size + window.start, 0);
        window.stale_slides = (window.stale_slides + 1).min(2);
        window.unhashed = window.unhashed.min(window.start);
    }

    /// Takes what is left of the input into the window, as far as it fits.
    fn take_in(&mut self, io: &mut Io<'_>) {
        let size = self.window.size;
        if io.available_input() > 2 * size - self.window.start && self.window.block_start >= size as isize {
            self.window.block_start -= size as isize;
            self.slide_stored();
        }
        let window = &mut self.window;
        let count = io.available_input().min(2 * size - window.start);
        if count != 0 {
            let bytes = &io.input[io.consumed..io.consumed + count];
            window.bytes[window.start..window.start + count].copy_from_slice(bytes);
            self.check.update(bytes);
            io.consumed += count;
            window.start += count;
            window.unhashed += count.min(size - window.unhashed);
        }
        window.high_water = window.high_water.max(window.start);
    }

    /// Writes a block from the window where the output has no room for it; true when it is the last.
    fn store_pending(&mut self, io: &mut Io<'_>, flush: i32) -> bool {
        let room = (self.blocks.pending_capacity - self.stored_header_length()).min(MAX_STORED);
        let smallest = room.min(self.window.size);
        let waiting = self.waiting();
        let is_asked = (waiting != 0 || flush == flush::FINISH) && flush != flush::NONE;
        if waiting < smallest && !(is_asked && io.available_input() == 0 && waiting <= room) {
            return false;
        }
        let length = waiting.min(room);
        let is_last = flush == flush::FINISH && io.available_input() == 0 && length == waiting;
        let from = self.window.block_start as usize;
        self.blocks.stored_block(&self.window.bytes[from..from + length], is_last);
        self.window.block_start += length as isize;
        self.blocks.flush_pending(io);
        is_last
    }
}
