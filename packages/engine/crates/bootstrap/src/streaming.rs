//! A response that is sent while the function still writes it.

use std::io;

use laconic_stream::Sink;

use crate::api::{Api, response_path};
use crate::connection::Response;
use crate::error_type;

/// Type and body of an error that comes after the head.
const TRAILERS: [&str; 2] = ["Lambda-Runtime-Function-Error-Type", "Lambda-Runtime-Function-Error-Body"];

/// Opened by the first `begin`; a function that never begins is answered in the ordinary way.
pub struct Streaming<'a> {
    api: &'a mut Api,
    request_id: &'a str,
    is_open: bool,
}

impl<'a> Streaming<'a> {
    pub fn new(api: &'a mut Api, request_id: &'a str) -> Streaming<'a> {
        Streaming { api, request_id, is_open: false }
    }

    /// Whether the function's answer is on its way already.
    pub fn is_open(&self) -> bool {
        self.is_open
    }

    /// Ends the response; with an error that came after its head, in the trailers.
    pub fn finish(self, error: Option<&[u8]>) -> io::Result<Response> {
        let mut end = String::from("0\r\n");
        if let Some(error) = error {
            let [kind, body] = TRAILERS;
            end.push_str(&format!("{kind}: {}\r\n{body}: {}\r\n", error_type::of(error), base64(error)));
        }
        end.push_str("\r\n");
        let (connection, _) = self.api.streaming();
        let sent = connection.send(&[end.as_bytes()]).and_then(|()| connection.receive());
        if sent.is_err() {
            // Half a response is on this connection: the next request needs another.
            connection.close();
        }
        sent
    }
}

impl Sink for Streaming<'_> {
    fn begin(&mut self, content_type: &str) -> io::Result<()> {
        if self.is_open {
            return Err(io::Error::other("the response has begun already"));
        }
        if !content_type.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return Err(io::Error::other("its type is no header's value"));
        }
        let path = response_path(self.request_id);
        let (connection, host) = self.api.streaming();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {content_type}\r\n\
             Lambda-Runtime-Function-Response-Mode: streaming\r\nTransfer-Encoding: chunked\r\n\
             Trailer: {}\r\n\r\n",
            TRAILERS.join(", ")
        );
        connection.send(&[head.as_bytes()])?;
        self.is_open = true;
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if !self.is_open {
            return Err(io::Error::other("the response has not begun"));
        }
        // A chunk of no bytes would be the end.
        if bytes.is_empty() {
            return Ok(());
        }
        let (connection, _) = self.api.streaming();
        connection.send(&[format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"])
    }
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let word =
            group.iter().fold(0_u32, |word, byte| word << 8 | u32::from(*byte)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let is_there = place <= group.len();
            let digit = ALPHABET[(word >> (18 - 6 * place) & 63) as usize];
            out.push(if is_there { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn pads_base64() {
        assert_eq!(
            ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())),
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]
        );
    }
}
