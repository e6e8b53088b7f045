//! Numbers of variable length, seven bits a byte, lowest first.

/// Appends a number.
pub fn push(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends a signed number, with its sign in the lowest bit.
pub fn push_signed(out: &mut Vec<u8>, value: i32) {
    push(out, ((value as u32) << 1) ^ ((value >> 31) as u32));
}
