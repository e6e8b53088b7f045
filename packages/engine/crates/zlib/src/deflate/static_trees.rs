//! The tables that RFC 1951 defines.

use super::huffman::{Code, assign_bits};

pub const LITERALS: usize = 256;
pub const END_OF_BLOCK: usize = 256;
pub const LITERALS_AND_LENGTHS: usize = 286;
pub const DISTANCES: usize = 30;
pub const BIT_LENGTHS: usize = 19;

/// Codes that exist in the static tree only.
const STATIC_LITERAL_CODES: usize = 288;
const STATIC_DISTANCE_LENGTH: u16 = 5;

pub static LENGTH_EXTRA: [u8; 29] =
    [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
pub static DISTANCE_EXTRA: [u8; DISTANCES] =
    [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
pub static BIT_LENGTH_EXTRA: [u8; BIT_LENGTHS] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 7];
/// In which order the lengths of the bit length codes are sent.
pub static BIT_LENGTH_ORDER: [usize; BIT_LENGTHS] =
    [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The shortest length of each code, less the least match; the last stands for the longest match alone.
pub static BASE_LENGTH: [u8; 29] = base_lengths();
/// The shortest distance of each code, less one.
pub static BASE_DISTANCE: [u16; DISTANCES] = base_distances();
pub static STATIC_LITERALS: [Code; STATIC_LITERAL_CODES] = static_literals();
pub static STATIC_DISTANCES: [Code; DISTANCES] = static_distances();

static LENGTH_CODES: [u8; 256] = length_codes();

/// The code of a match's length, less the least match.
#[inline]
pub fn length_code(length: u8) -> usize {
    usize::from(LENGTH_CODES[usize::from(length)])
}

/// The code of a distance, less one: two codes for each power of two.
#[inline]
pub fn distance_code(distance: usize) -> usize {
    if distance < 4 {
        return distance;
    }
    let log = distance.ilog2() as usize;
    2 * log + (distance >> (log - 1) & 1)
}

const fn base_lengths() -> [u8; 29] {
    let mut bases = [0; 29];
    let (mut code, mut base) = (0, 0);
    while code < 28 {
        bases[code] = base as u8;
        base += 1 << LENGTH_EXTRA[code];
        code += 1;
    }
    bases[28] = 255;
    bases
}

const fn length_codes() -> [u8; 256] {
    let mut codes = [0; 256];
    let mut code = 0;
    while code < 29 {
        let mut length = BASE_LENGTH[code] as usize;
        while length < 256 {
            codes[length] = code as u8;
            length += 1;
        }
        code += 1;
    }
    codes
}

const fn base_distances() -> [u16; DISTANCES] {
    let mut bases = [0; DISTANCES];
    let (mut code, mut base) = (0, 0u32);
    while code < DISTANCES {
        bases[code] = base as u16;
        base += 1 << DISTANCE_EXTRA[code];
        code += 1;
    }
    bases
}

const fn static_literals() -> [Code; STATIC_LITERAL_CODES] {
    let mut codes = [Code { bits: 0, length: 0 }; STATIC_LITERAL_CODES];
    let mut counts = [0; 16];
    let mut symbol = 0;
    while symbol < STATIC_LITERAL_CODES {
        let length = match symbol {
            0..=143 | 280.. => 8,
            256..=279 => 7,
            _ => 9,
        };
        codes[symbol].length = length;
        counts[length as usize] += 1;
        symbol += 1;
    }
    assign_bits(&mut codes, &counts);
    codes
}

const fn static_distances() -> [Code; DISTANCES] {
    let mut codes = [Code { bits: 0, length: STATIC_DISTANCE_LENGTH }; DISTANCES];
    let mut symbol = 0;
    while symbol < DISTANCES {
        codes[symbol].bits = (symbol as u16).reverse_bits() >> (16 - STATIC_DISTANCE_LENGTH);
        symbol += 1;
    }
    codes
}
