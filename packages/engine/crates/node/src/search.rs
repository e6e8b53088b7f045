//! Comparing and searching bytes.

use core::cmp::Ordering;

use laconic_quickjs::bytes::bytes;
use rquickjs::TypedArray;

/// -1, 0 or 1, as `Buffer.compare`.
pub fn compare<'js>(left: TypedArray<'js, u8>, right: TypedArray<'js, u8>) -> i32 {
    // SAFETY: comparing runs no JavaScript.
    match unsafe { bytes(&left).cmp(bytes(&right)) } {
        Ordering::Less => -1,
        Ordering::Equal => 0,
        Ordering::Greater => 1,
    }
}

/// Where `needle` lies in `array`: the first place from `from` on, or the last up to it; -1 for none.
/// Only places at a multiple of `step` from the beginning count, which is 2 for UTF-16.
pub fn index_of<'js>(
    array: TypedArray<'js, u8>,
    needle: TypedArray<'js, u8>,
    from: usize,
    is_last: bool,
    step: usize,
) -> i64 {
    // SAFETY: searching runs no JavaScript.
    let (bytes, needle) = unsafe { (bytes(&array), bytes(&needle)) };
    let Some(last) = bytes.len().checked_sub(needle.len()) else { return -1 };
    let found = if is_last {
        find_last(bytes, needle, from.min(last), step)
    } else {
        find(bytes, needle, from, |at| at % step == 0)
    };
    found.map_or(-1, |at| at as i64)
}

/// A needle that is longer is searched backwards in reversed copies.
const SHORT: usize = 64;

fn find_last(bytes: &[u8], needle: &[u8], from: usize, step: usize) -> Option<usize> {
    if needle.len() <= SHORT {
        return (0..=from).rev().find(|&at| at % step == 0 && bytes[at..].starts_with(needle));
    }
    let reversed = |bytes: &[u8]| bytes.iter().rev().copied().collect::<Vec<u8>>();
    let end = from + needle.len();
    let begin = |at: usize| end - at - needle.len();
    find(&reversed(&bytes[..end]), &reversed(needle), 0, |at| begin(at) % step == 0).map(begin)
}

/// Goes from one occurrence to the next, until one is at a place that counts.
fn find(bytes: &[u8], needle: &[u8], from: usize, counts: impl Fn(usize) -> bool) -> Option<usize> {
    let mut at = from;
    loop {
        at += position(bytes.get(at..)?, needle)?;
        if counts(at) {
            return Some(at);
        }
        at += 1;
    }
}

/// The system's search, which takes no longer than the bytes are many, whatever they are.
fn position(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    // SAFETY: both are valid for their lengths; the result is NULL or lies in the first.
    let found =
        unsafe { libc::memmem(bytes.as_ptr().cast(), bytes.len(), needle.as_ptr().cast(), needle.len()) };
    (!found.is_null()).then(|| found as usize - bytes.as_ptr() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn last(bytes: &[u8], needle: &[u8], from: usize, step: usize) -> Option<usize> {
        find_last(bytes, needle, from.min(bytes.len() - needle.len()), step)
    }

    #[test]
    fn short_and_long_needles_are_found_from_both_ends() {
        for length in [1, 2, SHORT, SHORT + 1, 500] {
            let needle = vec![7; length];
            let bytes = [&[1; 10][..], &needle, &[2, 3, 4], &needle, &[5]].concat();
            let second = 10 + length + 3;
            assert_eq!(find(&bytes, &needle, 0, |_| true), Some(10), "{length}");
            assert_eq!(find(&bytes, &needle, 11, |_| true), Some(second), "{length}");
            assert_eq!(find(&bytes, &needle, second + 1, |_| true), None, "{length}");
            assert_eq!(last(&bytes, &needle, usize::MAX, 1), Some(second), "{length}");
            assert_eq!(last(&bytes, &needle, second - 1, 1), Some(10), "{length}");
            assert_eq!(last(&bytes, &needle, 9, 1), None, "{length}");
        }
    }

    #[test]
    fn places_between_two_steps_do_not_count() {
        let needle = [7; 100];
        let bytes = [&[1; 3][..], &needle, &[2; 3], &needle].concat();
        assert_eq!(find(&bytes, &needle, 0, |at| at % 2 == 0), Some(106));
        assert_eq!(last(&bytes, &needle, 105, 2), None);
    }

    #[test]
    fn what_nearly_matches_everywhere_takes_no_time() {
        let bytes = vec![b'a'; 4_000_000];
        let needle = [vec![b'a'; 2_000_000], vec![b'b']].concat();
        let other = [vec![b'b'], vec![b'a'; 2_000_000]].concat();
        assert_eq!(find(&bytes, &needle, 0, |_| true), None);
        assert_eq!(last(&bytes, &other, usize::MAX, 1), None);
    }
}
