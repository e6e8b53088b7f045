//! Lambda's Runtime API, version 2018-06-01.

use std::io;

use crate::connection::{Connection, Response, Wait};
use crate::error_type;

const VERSION: &str = "/2018-06-01/runtime";

/// The type under which AWS's own clients report errors.
const ERROR_TYPE: &str = "application/vnd.aws.lambda.error+json";

/// The API over one connection.
pub struct Api {
    connection: Connection,
    host: String,
}

impl Api {
    pub fn new(address: &str) -> Api {
        Api { connection: Connection::new(address), host: address.into() }
    }

    /// Waits for the next event, as `wait` does.
    pub fn next(&mut self, wait: Wait<'_>) -> io::Result<Response> {
        let head = self.get("/invocation/next");
        expect(self.connection.exchange_after(&head, &[], wait)?, "the next event")
    }

    /// With SnapStart: returns when this process was restored from its snapshot.
    pub fn restored(&mut self) -> io::Result<()> {
        let head = self.get("/restore/next");
        expect(self.connection.exchange(&head, &[])?, "the restore").map(drop)
    }

    /// Sends a function's result.
    pub fn respond(&mut self, request_id: &str, body: &[u8], content_type: &str) -> io::Result<Response> {
        let path = format!("/invocation/{request_id}/response");
        let head = self.post(&path, &format!("Content-Type: {content_type}\r\n"), body.len());
        self.connection.exchange(&head, body)
    }

    /// Sends a function's error, which is Lambda's JSON.
    pub fn fail(&mut self, request_id: &str, error: &[u8]) -> io::Result<Response> {
        self.report(&format!("/invocation/{request_id}/error"), error)
    }

    /// Says why the function cannot start.
    pub fn fail_init(&mut self, error: &[u8]) -> io::Result<Response> {
        self.report("/init/error", error)
    }

    /// Says why the function cannot go on after a restore.
    pub fn fail_restore(&mut self, error: &[u8]) -> io::Result<Response> {
        self.report("/restore/error", error)
    }

    /// The connection, for a response that is sent in pieces, and the host's name for its head.
    pub fn streaming(&mut self) -> (&mut Connection, &str) {
        (&mut self.connection, &self.host)
    }

    fn report(&mut self, path: &str, error: &[u8]) -> io::Result<Response> {
        let kind = error_type::of(error);
        let fields = format!("Content-Type: {ERROR_TYPE}\r\nLambda-Runtime-Function-Error-Type: {kind}\r\n");
        let head = self.post(path, &fields, error.len());
        self.connection.exchange(&head, error)
    }

    fn get(&self, path: &str) -> String {
        format!("GET {VERSION}{path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host)
    }

    fn post(&self, path: &str, fields: &str, length: usize) -> String {
        format!(
            "POST {VERSION}{path} HTTP/1.1\r\nHost: {}\r\n{fields}Content-Length: {length}\r\n\r\n",
            self.host
        )
    }
}

/// Where a streamed response goes.
pub fn response_path(request_id: &str) -> String {
    format!("{VERSION}/invocation/{request_id}/response")
}

/// Lambda says of every other status that the runtime should exit.
fn expect(response: Response, what: &str) -> io::Result<Response> {
    if response.status == 200 {
        return Ok(response);
    }
    let body = String::from_utf8_lossy(&response.body).into_owned();
    Err(io::Error::other(format!("asked for {what}, the Runtime API answered {}: {body}", response.status)))
}
