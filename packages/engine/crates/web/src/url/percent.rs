//! Percent-encoding, by the standard's sets of what is encoded.

/// Says of a byte of ASCII whether it is encoded; all others are.
pub type Set = fn(u8) -> bool;

pub fn c0_control(byte: u8) -> bool {
    byte < 0x20 || byte == 0x7f
}

pub fn fragment(byte: u8) -> bool {
    c0_control(byte) || matches!(byte, b' ' | b'"' | b'<' | b'>' | b'`')
}

pub fn query(byte: u8) -> bool {
    c0_control(byte) || matches!(byte, b' ' | b'"' | b'#' | b'<' | b'>')
}

pub fn special_query(byte: u8) -> bool {
    query(byte) || byte == b'\''
}

/// Without `^`, which the standard has had since 2024, and Node 22 has not.
pub fn path(byte: u8) -> bool {
    query(byte) || matches!(byte, b'?' | b'`' | b'{' | b'}')
}

pub fn userinfo(byte: u8) -> bool {
    path(byte) || matches!(byte, b'/' | b':' | b';' | b'=' | b'@' | b'[' | b'\\' | b']' | b'^' | b'|')
}

pub fn encode_onto(encoded: &mut String, text: &str, set: Set) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte < 0x80 && !set(byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(DIGITS[usize::from(byte >> 4)]));
            encoded.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}

pub fn encode(text: &str, set: Set) -> String {
    let mut encoded = String::with_capacity(text.len());
    encode_onto(&mut encoded, text, set);
    encoded
}

/// A `%` that two hexadecimal digits do not follow stands for itself.
pub fn decode(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let digit = |at: usize| bytes.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, digit(index + 1), digit(index + 2)) {
            (b'%', Some(high), Some(low)) => {
                decoded.push((high * 16 + low) as u8);
                index += 3;
            }
            _ => {
                decoded.push(byte);
                index += 1;
            }
        }
    }
    decoded
}
