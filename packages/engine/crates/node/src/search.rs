//! Comparing and searching bytes.

use core::cmp::Ordering;

use rquickjs::TypedArray;

/// -1, 0 or 1, as `Buffer.compare`.
pub fn compare<'js>(left: TypedArray<'js, u8>, right: TypedArray<'js, u8>) -> i32 {
    match left.as_bytes().unwrap_or_default().cmp(right.as_bytes().unwrap_or_default()) {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

/// Where `needle` lies in `bytes`: the first place from `from` on, or the last up to it; -1 for none.
/// Only places at a multiple of `step` from the beginning count, which is 2 for UTF-16.
pub fn index_of<'js>(
    bytes: TypedArray<'js, u8>,
    needle: TypedArray<'js, u8>,
    from: usize,
    is_last: bool,
    step: usize,
) -> i64 {
    let (bytes, needle) = (bytes.as_bytes().unwrap_or_default(), needle.as_bytes().unwrap_or_default());
    let Some(last) = bytes.len().checked_sub(needle.len()) else { return -1 };
    let is_there = |&at: &usize| at % step == 0 && bytes[at..].starts_with(needle);
    let found = if is_last {
        (0..=from.min(last)).rev().find(is_there)
    } else {
        find(bytes, needle, from, last, step)
    };
    found.map_or(-1, |at| at as i64)
}

/// Goes from one occurrence of the first byte to the next, which the compiler's library does fast.
fn find(bytes: &[u8], needle: &[u8], from: usize, last: usize, step: usize) -> Option<usize> {
    let first = *needle.first()?;
    let mut at = from;
    while at <= last {
        at += bytes[at..=last].iter().position(|&byte| byte == first)?;
        if at % step == 0 && bytes[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}
