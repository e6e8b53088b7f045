//! An internal Lambda extension. Lambda sends SIGTERM before it ends a sandbox that has an extension, and SIGKILL to others, which
//! then lose what they have not sent.

use std::io;
use std::time::Duration;

use crate::connection::{Connection, Response};

const VERSION: &str = "/2020-01-01/extension";
const NAME: &str = "laconic";
/// Internal extensions cannot ask for SHUTDOWN.
const EVENTS: &str = "{\"events\":[\"INVOKE\"]}";

/// How long an event may take that was sent with the invocation, which has been answered.
const LATE: Duration = Duration::from_secs(1);

/// It takes its events between two invocations, on the loop's own thread: one of its own would take the processor from the
/// request.
pub struct Extension {
    connection: Connection,
    next: String,
}

impl Extension {
    /// Registers it and asks for its first event, which has to happen before the first invocation is asked for. None where
    /// nobody takes extensions: such a host says nothing before it ends, either.
    pub fn register(address: &str) -> Option<Extension> {
        Extension::try_register(address).ok()
    }

    fn try_register(address: &str) -> io::Result<Extension> {
        let mut connection = Connection::new(address);
        let head = format!(
            "POST {VERSION}/register HTTP/1.1\r\nHost: {address}\r\nLambda-Extension-Name: {NAME}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
            EVENTS.len()
        );
        let registered = expect(connection.exchange(&head, EVENTS.as_bytes())?)?;
        let identifier = registered
            .field("lambda-extension-identifier")
            .ok_or_else(|| io::Error::other("an extension without an identifier"))?;
        let next = format!(
            "GET {VERSION}/event/next HTTP/1.1\r\nHost: {address}\r\nLambda-Extension-Identifier: {identifier}\r\n\r\n"
        );
        connection.send(&[next.as_bytes()])?;
        Ok(Extension { connection, next })
    }

    /// Takes the event of an invocation that was answered, and asks for the next one: from then on Lambda may stop the
    /// sandbox.
    pub fn turn(&mut self) -> io::Result<()> {
        self.connection.limit_reads(Some(LATE))?;
        expect(self.connection.receive()?)?;
        self.connection.send(&[self.next.as_bytes()])
    }
}

fn expect(response: Response) -> io::Result<Response> {
    if response.status == 200 { Ok(response) } else { Err(io::Error::other(response.status.to_string())) }
}
