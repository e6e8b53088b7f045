//! What no test in JavaScript reaches as well: every combination of parameters, in pieces of every size.

use crate::checksum::crc32;
use crate::deflate::Io;
use crate::zlib::{Parameters, mode, open};

/// Node 22's output for [`text`], as CRC-32: by level, then by strategy.
const NODE: [[u32; 5]; 10] = [
    [0x83b8e5c1, 0x83b8e5c1, 0x83b8e5c1, 0x83b8e5c1, 0x83b8e5c1],
    [0xac636660, 0xac636660, 0x5d394617, 0x5d394617, 0x42d67e9e],
    [0x5602935a, 0x5602935a, 0x5d394617, 0x5d394617, 0x8a49b372],
    [0x53b65a2f, 0x53b65a2f, 0x5d394617, 0x5d394617, 0xa845c78e],
    [0x4243a0e5, 0x773ada78, 0x5d394617, 0x5d394617, 0xc01a5812],
    [0x25347b19, 0xf7546d48, 0x5d394617, 0x5d394617, 0xd14325d7],
    [0x0490d098, 0xc78dd542, 0x5d394617, 0x5d394617, 0x4c6391a5],
    [0xc95e5414, 0x0dc76bc0, 0x5d394617, 0x5d394617, 0x43cc4b8e],
    [0xfc666d5f, 0xe33f47b3, 0x5d394617, 0x5d394617, 0x6129c1a5],
    [0xfc666d5f, 0xe33f47b3, 0x5d394617, 0x5d394617, 0x6129c1a5],
];

const FINISH: i32 = 4;

/// xorshift32.
struct Numbers(u32);

impl Numbers {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }
}

fn text() -> Vec<u8> {
    let words = ["lambda", "function", "the", "of", "request", "response"];
    let mut numbers = Numbers(1);
    let mut text = String::new();
    while text.len() < 60_000 {
        text.push_str(words[numbers.next() as usize % words.len()]);
        text.push(' ');
    }
    text.truncate(60_000);
    text.into_bytes()
}

fn parameters(mode: i32, level: i32, memory_level: i32, strategy: i32, window_bits: i32) -> Parameters {
    Parameters { mode, window_bits, level, memory_level, strategy, dictionary: Vec::new() }
}

/// Runs a codec with input in pieces of `step` and room for `room` bytes at a time.
fn run(parameters: Parameters, input: &[u8], step: usize, room: usize) -> Vec<u8> {
    let mut codec = open(parameters).expect("the parameters are valid");
    let mut output = Vec::new();
    let mut pieces = input.chunks(step).peekable();
    loop {
        let piece = pieces.next().unwrap_or_default();
        let flush = if pieces.peek().is_none() { FINISH } else { 0 };
        let mut consumed = 0;
        loop {
            let mut buffer = vec![0; room];
            let mut io = Io::new(&piece[consumed..], &mut buffer);
            codec.write(&mut io, flush).expect("the data is valid");
            consumed += io.consumed;
            let produced = io.produced;
            output.extend_from_slice(&buffer[..produced]);
            if produced < room {
                break;
            }
        }
        if flush == FINISH {
            return output;
        }
    }
}

#[test]
fn the_bytes_are_those_of_node() {
    let text = text();
    for (level, strategies) in NODE.iter().enumerate() {
        for (strategy, expected) in strategies.iter().enumerate() {
            let parameters = parameters(mode::DEFLATE, level as i32, 8, strategy as i32, 15);
            let output = run(parameters, &text, text.len(), 16 * 1024);
            assert_eq!(crc32(0, &output), *expected, "level {level}, strategy {strategy}");
        }
    }
}

#[test]
fn what_is_compressed_comes_back() {
    let mut numbers = Numbers(7);
    let noise: Vec<u8> = (0..3_000).map(|_| numbers.next() as u8).collect();
    let input = [noise.as_slice(), &text()[..9_000], &[0; 5_000], &noise].concat();
    for level in 0..=9 {
        for memory_level in [1, 4, 9] {
            for strategy in 0..=4 {
                for window_bits in [9, 12, 15] {
                    let packing = parameters(mode::GZIP, level, memory_level, strategy, window_bits);
                    let packed = run(packing, &input, 1 + numbers.next() as usize % 4_000, 700);
                    let unpacked = run(parameters(mode::GUNZIP, 0, 0, 0, 15), &packed, 97, 1_000);
                    assert!(
                        unpacked == input,
                        "level {level}, memory level {memory_level}, strategy {strategy}, window {window_bits}"
                    );
                }
            }
        }
    }
}

#[test]
fn parameters_out_of_range_are_refused() {
    for (level, memory_level, strategy, window_bits) in
        [(10, 8, 0, 15), (6, 0, 0, 15), (6, 10, 0, 15), (6, 8, 5, 15), (6, 8, 0, 16), (6, 8, 0, 7)]
    {
        assert!(open(parameters(mode::DEFLATE, level, memory_level, strategy, window_bits)).is_err());
    }
}
