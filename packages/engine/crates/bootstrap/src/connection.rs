//! HTTP/1.1 over one connection that is kept: as much of it as the Runtime API uses.

use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// Bytes of a response's head; the context of a mobile client is the longest of its fields.
const LONGEST_HEAD: usize = 1 << 20;

/// What came back.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    fields: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Response {
    /// The value of a field, by its name in lower case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What happens between a request and its answer.
pub type Wait<'a> = &'a mut dyn FnMut(&TcpStream) -> io::Result<()>;

/// A connection to one server, made when it is first needed and again when the server has closed it.
pub struct Connection {
    address: String,
    stream: Option<TcpStream>,
    /// What was read and not used yet.
    buffer: Vec<u8>,
}

impl Connection {
    /// `address` is `host:port`.
    pub fn new(address: &str) -> Connection {
        Connection { address: address.into(), stream: None, buffer: Vec::new() }
    }

    /// Sends a request and reads the answer. A kept connection that turns out to be closed, before anything
    /// of the answer came, is replaced, and the request sent again.
    pub fn exchange(&mut self, head: &str, body: &[u8]) -> io::Result<Response> {
        self.exchange_after(head, body, &mut |_| Ok(()))
    }

    /// The same, and `wait` returns when there is something to read.
    pub fn exchange_after(&mut self, head: &str, body: &[u8], wait: Wait<'_>) -> io::Result<Response> {
        let is_kept = self.stream.is_some();
        match self.attempt(head, body, wait) {
            Err(error) if is_kept && self.buffer.is_empty() && is_closed(&error) => {
                self.stream = None;
                self.attempt(head, body, wait)
            }
            outcome => outcome,
        }
    }

    fn attempt(&mut self, head: &str, body: &[u8], wait: Wait<'_>) -> io::Result<Response> {
        self.send(&[head.as_bytes(), body])?;
        wait(self.open()?)?;
        self.receive()
    }

    /// Sends a request, or a part of one.
    pub fn send(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        let sent = self.open().and_then(|stream| write_all(stream, parts));
        if sent.is_err() {
            self.stream = None;
        }
        sent
    }

    /// How long reading may wait; none is for ever.
    pub fn limit_reads(&mut self, limit: Option<Duration>) -> io::Result<()> {
        self.open()?.set_read_timeout(limit)
    }

    /// Reads the answer to a request that was sent whole.
    pub fn receive(&mut self) -> io::Result<Response> {
        let received = self.read_response();
        match &received {
            Ok(response)
                if response.field("connection").is_none_or(|value| !value.eq_ignore_ascii_case("close")) => {}
            _ => self.stream = None,
        }
        received
    }

    /// Gives the connection up, with a request that was sent in part.
    pub fn close(&mut self) {
        self.stream = None;
        self.buffer.clear();
    }

    fn open(&mut self) -> io::Result<&mut TcpStream> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(&self.address)?;
            stream.set_nodelay(true)?;
            self.buffer.clear();
            self.stream = Some(stream);
        }
        Ok(self.stream.as_mut().expect("it was opened above"))
    }

    fn read_response(&mut self) -> io::Result<Response> {
        loop {
            let (status, fields) = self.read_head()?;
            // 100 Continue and its like come before the answer.
            if status >= 200 {
                let mut response = Response { status, fields, body: Vec::new() };
                response.body = self.read_body(&response)?;
                return Ok(response);
            }
        }
    }

    fn read_head(&mut self) -> io::Result<(u16, Vec<(String, String)>)> {
        let mut searched = 0;
        let end = loop {
            if let Some(found) = find(&self.buffer[searched..], b"\r\n\r\n") {
                break searched + found;
            }
            searched = self.buffer.len().saturating_sub(3);
            if self.buffer.len() > LONGEST_HEAD {
                return Err(garbage("its head has no end"));
            }
            self.read_more()?;
        };
        let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        self.buffer.drain(..end + 4);
        let mut lines = head.split("\r\n");
        let status = lines
            .next()
            .filter(|line| line.starts_with("HTTP/1."))
            .and_then(|line| line.split(' ').nth(1)?.parse().ok())
            .ok_or_else(|| garbage("it does not begin with a status"))?;
        let fields = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Ok((status, fields))
    }

    fn read_body(&mut self, response: &Response) -> io::Result<Vec<u8>> {
        if response.status == 204 || response.status == 304 {
            return Ok(Vec::new());
        }
        let is_chunked = response
            .field("transfer-encoding")
            .is_some_and(|value| value.to_ascii_lowercase().ends_with("chunked"));
        if is_chunked {
            return self.read_chunks();
        }
        let length = match response.field("content-length") {
            Some(length) => length.parse().map_err(|_| garbage("its length is no number"))?,
            None => 0,
        };
        self.take(length)
    }

    fn read_chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = self.read_line()?;
            let digits = line.split(';').next().unwrap_or_default().trim();
            let length = usize::from_str_radix(digits, 16).map_err(|_| garbage("a chunk has no length"))?;
            if length == 0 {
                break;
            }
            body.extend(self.take(length)?);
            self.read_line()?;
        }
        // Trailers, of which none means anything here.
        while !self.read_line()?.is_empty() {}
        Ok(body)
    }

    fn read_line(&mut self) -> io::Result<String> {
        loop {
            if let Some(end) = find(&self.buffer, b"\r\n") {
                let line = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
                self.buffer.drain(..end + 2);
                return Ok(line);
            }
            if self.buffer.len() > LONGEST_HEAD {
                return Err(garbage("a line of it has no end"));
            }
            self.read_more()?;
        }
    }

    /// The next `length` bytes.
    fn take(&mut self, length: usize) -> io::Result<Vec<u8>> {
        let rest = self.buffer.split_off(length.min(self.buffer.len()));
        let mut taken = core::mem::replace(&mut self.buffer, rest);
        let there = taken.len();
        if there < length {
            taken.resize(length, 0);
            self.stream.as_mut().ok_or(ErrorKind::NotConnected)?.read_exact(&mut taken[there..])?;
        }
        Ok(taken)
    }

    fn read_more(&mut self) -> io::Result<()> {
        let mut piece = [0; 8192];
        let stream = self.stream.as_mut().ok_or(ErrorKind::NotConnected)?;
        loop {
            match stream.read(&mut piece) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(read) => {
                    self.buffer.extend_from_slice(&piece[..read]);
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// In one call of the system, as long as it takes all at once.
fn write_all(stream: &mut TcpStream, parts: &[&[u8]]) -> io::Result<()> {
    let mut slices: Vec<IoSlice<'_>> = parts.iter().map(|part| IoSlice::new(part)).collect();
    let mut left = slices.as_mut_slice();
    IoSlice::advance_slices(&mut left, 0);
    while !left.is_empty() {
        match stream.write_vectored(left) {
            Ok(0) => return Err(ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut left, written),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn is_closed(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::UnexpectedEof
            | ErrorKind::BrokenPipe
            | ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
    )
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn garbage(why: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, format!("the answer is not HTTP/1.1: {why}"))
}
