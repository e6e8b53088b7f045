//! The path state of the parser, and drive letters, which are a matter of paths.

use super::percent;
use super::record::{Path, Record};

/// `C:` or `C|`.
pub fn is_drive_letter(text: &str) -> bool {
    matches!(text.as_bytes(), [letter, b':' | b'|'] if letter.is_ascii_alphabetic())
}

/// What a path of a file begins with, when it begins with a drive.
pub fn starts_with_drive_letter(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 2
        && bytes[0].is_ascii_alphabetic()
        && matches!(bytes[1], b':' | b'|')
        && matches!(bytes.get(2), None | Some(b'/' | b'\\' | b'?' | b'#'))
}

impl Record {
    /// Adds the segments of a text to the path, from behind its first slash on.
    pub(super) fn push_segments(&mut self, text: &str) {
        let mut rest = Some(text);
        while let Some(text) = rest {
            let end = text.find(|letter| self.is_slash(letter));
            let segment = &text[..end.unwrap_or(text.len())];
            rest = end.map(|end| &text[end + 1..]);
            self.push_segment(segment, rest.is_none());
        }
    }

    fn push_segment(&mut self, segment: &str, is_last: bool) {
        let is_file = self.scheme == "file";
        let dots = dots(segment);
        if dots == 2 {
            self.shorten_path();
        }
        let Path::Segments(segments) = &mut self.path else { return };
        if dots > 0 {
            if is_last {
                segments.push(String::new());
            }
        } else if is_file && segments.is_empty() && is_drive_letter(segment) {
            segments.push(format!("{}:", &segment[..1]));
        } else {
            segments.push(percent::encode(segment, percent::path));
        }
    }

    /// Without its last segment; a drive stays.
    pub(super) fn shorten_path(&mut self) {
        let is_file = self.scheme == "file";
        let Path::Segments(segments) = &mut self.path else { return };
        let is_drive = segments.len() == 1 && is_drive_letter(&segments[0]) && segments[0].ends_with(':');
        if !(is_file && is_drive) {
            segments.pop();
        }
    }

    /// Splits a path, as it does in a scheme that the standard knows also a backslash.
    pub(super) fn is_slash(&self, letter: char) -> bool {
        letter == '/' || (letter == '\\' && self.is_special())
    }
}

/// How many a segment stands for, of which each may be escaped: one, two, or 0 for a name.
fn dots(segment: &str) -> usize {
    match segment.to_ascii_lowercase().as_str() {
        "." | "%2e" => 1,
        ".." | ".%2e" | "%2e." | "%2e%2e" => 2,
        _ => 0,
    }
}
