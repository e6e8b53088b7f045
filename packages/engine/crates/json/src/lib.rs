//! Writing JSON: strings, and the error that Lambda takes from a function. The engine writes no other itself.

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

/// `{"errorType", "errorMessage", "stackTrace"}`.
pub fn error(kind: &str, message: &str, stack: &[String]) -> Vec<u8> {
    let mut out = String::with_capacity(128 + message.len());
    out.push_str("{\"errorType\":");
    push_string(&mut out, kind);
    out.push_str(",\"errorMessage\":");
    push_string(&mut out, message);
    out.push_str(",\"stackTrace\":");
    push_strings(&mut out, stack);
    out.push('}');
    out.into_bytes()
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
