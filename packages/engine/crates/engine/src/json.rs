//! Writing JSON strings, the only JSON that the engine writes itself.

use std::fmt::Write;

/// Appends `text` as a JSON string.
pub fn push_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => {
                // Writing to a String cannot fail.
                let _ = write!(out, "\\u{:04x}", control as u32);
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

/// Appends an array of strings.
pub fn push_strings(out: &mut String, strings: &[String]) {
    out.push('[');
    for (index, string) in strings.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_string(out, string);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_json_cannot_hold() {
        let mut out = String::new();
        push_string(&mut out, "a\"b\\c\n\r\t\u{1}é\u{2028}");
        assert_eq!(out, "\"a\\\"b\\\\c\\n\\r\\t\\u0001é\u{2028}\"");
    }
}
