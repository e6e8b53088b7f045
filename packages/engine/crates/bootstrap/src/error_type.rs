//! The type in an error's JSON, which Lambda also wants as a header.

const BEGIN: &[u8] = b"{\"errorType\":\"";

/// The type, as long as a header can hold it; `Error` for every other.
pub fn of(error: &[u8]) -> &str {
    error
        .strip_prefix(BEGIN)
        .and_then(|rest| {
            let end = rest.iter().position(|byte| *byte == b'"' || *byte == b'\\')?;
            let is_whole = rest[end] == b'"' && end > 0;
            core::str::from_utf8(&rest[..end]).ok().filter(|_| is_whole)
        })
        .filter(|name| name.bytes().all(|byte| (0x20..0x7f).contains(&byte)))
        .unwrap_or("Error")
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn takes_what_a_header_can_hold() {
        assert_eq!(of(br#"{"errorType":"OutOfStock","errorMessage":"x"}"#), "OutOfStock");
        assert_eq!(of(br#"{"errorType":"a\r\nb: c","errorMessage":"x"}"#), "Error");
        assert_eq!(of("{\"errorType\":\"Größe\"}".as_bytes()), "Error");
        assert_eq!(of(b"{}"), "Error");
        assert_eq!(of(br#"{"errorType":""}"#), "Error");
    }
}
