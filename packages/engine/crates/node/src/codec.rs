//! The encodings of `Buffer`.

use laconic_quickjs::bytes::writable;
use rquickjs::{ArrayBuffer, Ctx, Exception, Result, String as JsString, TypedArray, Value};

use crate::strings;

/// Numbers that JavaScript names encodings by.
#[derive(Clone, Copy)]
enum Encoding {
    Utf8,
    Utf16,
    Latin1,
    Ascii,
    Base64,
    Base64Url,
    Hex,
}

impl Encoding {
    fn of(ctx: &Ctx<'_>, number: u32) -> Result<Encoding> {
        use Encoding::*;
        [Utf8, Utf16, Latin1, Ascii, Base64, Base64Url, Hex]
            .get(number as usize)
            .copied()
            .ok_or_else(|| Exception::throw_range(ctx, "no such encoding"))
    }
}

/// Bytes of the string in UTF-8.
pub fn byte_length(text: JsString<'_>) -> usize {
    strings::with_bytes(&text, <[u8]>::len)
}

/// The bytes that the string stands for.
pub fn from_text<'js>(ctx: Ctx<'js>, text: JsString<'js>, encoding: u32) -> Result<ArrayBuffer<'js>> {
    let encoding = Encoding::of(&ctx, encoding)?;
    ArrayBuffer::new(ctx, encode(&text, encoding))
}

/// Writes as much of the string as fits between the two places, no character in part, and returns how
/// many bytes that were.
pub fn write_text<'js>(
    ctx: Ctx<'js>,
    bytes: TypedArray<'js, u8>,
    text: JsString<'js>,
    encoding: u32,
    start: usize,
    end: usize,
) -> Result<usize> {
    let encoding = Encoding::of(&ctx, encoding)?;
    let encoded = encode(&text, encoding);
    // SAFETY: the string is read, and no JavaScript runs before the bytes are written.
    let Ok(target) = (unsafe { writable(&ctx, &bytes) }) else {
        // Like all that does not fit.
        ctx.catch();
        return Ok(0);
    };
    let end = end.min(target.len());
    let room = end.saturating_sub(start);
    let mut length = encoded.len().min(room);
    match encoding {
        Encoding::Utf8 if length < encoded.len() => {
            while length > 0 && encoded[length] & 0xC0 == 0x80 {
                length -= 1;
            }
        }
        Encoding::Utf16 => length &= !1,
        _ => {}
    }
    if length > 0 {
        target[start..start + length].copy_from_slice(&encoded[..length]);
    }
    Ok(length)
}

/// The string that the bytes between two places stand for.
pub fn to_text<'js>(
    ctx: Ctx<'js>,
    bytes: TypedArray<'js, u8>,
    encoding: u32,
    start: usize,
    end: usize,
) -> Result<Value<'js>> {
    let encoding = Encoding::of(&ctx, encoding)?;
    // SAFETY: making a string runs no JavaScript.
    let bytes = unsafe { laconic_quickjs::bytes::bytes(&bytes) };
    let end = end.min(bytes.len());
    let bytes = &bytes[start.min(end)..end];
    match encoding {
        Encoding::Utf8 => strings::of_utf8(&ctx, bytes),
        Encoding::Utf16 => {
            let units: Vec<u16> =
                bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
            strings::of_units(&ctx, &units)
        }
        Encoding::Latin1 if bytes.is_ascii() => strings::of_utf8(&ctx, bytes),
        Encoding::Latin1 => {
            let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
            strings::of_utf8(&ctx, text.as_bytes())
        }
        Encoding::Ascii => {
            let text: Vec<u8> = bytes.iter().map(|byte| byte & 0x7F).collect();
            strings::of_utf8(&ctx, &text)
        }
        Encoding::Base64 => strings::of_utf8(&ctx, &to_base64(bytes, STANDARD, true)),
        Encoding::Base64Url => strings::of_utf8(&ctx, &to_base64(bytes, URL, false)),
        Encoding::Hex => {
            let digits = bytes
                .iter()
                .flat_map(|byte| [byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[digit as usize]));
            strings::of_utf8(&ctx, &digits.collect::<Vec<u8>>())
        }
    }
}

/// Whether the bytes are UTF-8.
pub fn is_utf8(bytes: TypedArray<'_, u8>) -> bool {
    // SAFETY: checking runs no JavaScript.
    core::str::from_utf8(unsafe { laconic_quickjs::bytes::bytes(&bytes) }).is_ok()
}

fn encode(text: &JsString<'_>, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf8 => strings::with_utf8(text, <[u8]>::to_vec),
        Encoding::Utf16 => strings::units(text).into_iter().flat_map(u16::to_le_bytes).collect(),
        // One byte a unit, whatever it was.
        Encoding::Latin1 | Encoding::Ascii => strings::with_bytes(text, |bytes| {
            if bytes.is_ascii() {
                bytes.to_vec()
            } else {
                strings::units(text).into_iter().map(|unit| unit as u8).collect()
            }
        }),
        Encoding::Base64 | Encoding::Base64Url => strings::with_bytes(text, from_base64),
        Encoding::Hex => strings::with_bytes(text, from_hex),
    }
}

const STANDARD: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn to_base64(bytes: &[u8], alphabet: &[u8; 64], is_padded: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let bits =
            group.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - group.len()));
        let digits = [18, 12, 6, 0].map(|shift| alphabet[(bits >> shift & 63) as usize]);
        out.extend_from_slice(&digits[..=group.len()]);
        if is_padded {
            out.extend_from_slice(&b"=="[..3 - group.len()]);
        }
    }
    out
}

/// As Node reads it: both alphabets, what is in neither skipped, up to the padding.
fn from_base64(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &letter in text {
        let digit = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a' + 26,
            b'0'..=b'9' => letter - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(digit);
        count += 1;
        if count == 4 {
            out.extend_from_slice(&bits.to_be_bytes()[1..]);
            (bits, count) = (0, 0);
        }
    }
    match count {
        2 => out.push((bits >> 4) as u8),
        3 => out.extend_from_slice(&[(bits >> 10) as u8, (bits >> 2) as u8]),
        _ => {}
    }
    out
}

/// As Node reads it: up to the first pair that is not hexadecimal.
fn from_hex(text: &[u8]) -> Vec<u8> {
    let digit = |letter: u8| char::from(letter).to_digit(16);
    text.chunks_exact(2).map_while(|pair| Some((digit(pair[0])? << 4 | digit(pair[1])?) as u8)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_read_as_node_reads_it() {
        assert_eq!(from_base64(b"aGVsbG8="), b"hello");
        assert_eq!(from_base64(b"aGVs\nbG8"), b"hello");
        assert_eq!(from_base64(b"_-8="), [0xFF, 0xEF]);
        assert_eq!(from_base64(b"YQ==YQ=="), b"a");
        assert_eq!(from_base64(b"Y"), b"");
    }

    #[test]
    fn base64_is_written_with_and_without_padding() {
        assert_eq!(to_base64(b"a", STANDARD, true), b"YQ==");
        assert_eq!(to_base64(b"ab", STANDARD, true), b"YWI=");
        assert_eq!(to_base64(&[0xFF, 0xEF, 0xBF], URL, false), b"_--_");
        assert_eq!(to_base64(b"", STANDARD, true), b"");
    }

    #[test]
    fn hex_ends_where_it_is_none() {
        assert_eq!(from_hex(b"00fFzz11"), [0, 255]);
        assert_eq!(from_hex(b"abc"), [0xAB]);
    }
}
