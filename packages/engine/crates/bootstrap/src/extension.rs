//! An internal extension of Lambda's. A sandbox that has one is told before it ends, by SIGTERM; without, it is killed, and
//! what waits to be sent is lost.

use std::{io, thread};

use crate::connection::{Connection, Response};

const VERSION: &str = "/2020-01-01/extension";
const NAME: &str = "laconic";
/// Internal extensions cannot ask for SHUTDOWN.
const EVENTS: &str = "{\"events\":[\"INVOKE\"]}";

/// Registers the extension, which has to happen before the first event is asked for. It is a thread that does nothing but
/// wait for the next event: the work between two events is the loop's own.
pub fn register(address: &str) -> io::Result<()> {
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
    thread::Builder::new().stack_size(64 << 10).spawn(move || {
        // When the API is gone, so will be the sandbox.
        while connection.exchange(&next, &[]).and_then(expect).is_ok() {}
    })?;
    Ok(())
}

fn expect(response: Response) -> io::Result<Response> {
    if response.status == 200 { Ok(response) } else { Err(io::Error::other(response.status.to_string())) }
}
