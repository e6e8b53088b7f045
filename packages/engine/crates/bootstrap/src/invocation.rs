//! One invocation, as `next` gave it.

use std::io;

use crate::connection::Response;
use crate::context::Context;

pub struct Invocation {
    pub request_id: String,
    /// Unix time in milliseconds; 0 for never.
    pub deadline_ms: i64,
    /// JSON.
    pub context: String,
    /// The bytes that were sent to the function.
    pub event: Vec<u8>,
}

impl Invocation {
    /// Reads the answer to `next`, which must name the request: nothing could be answered without.
    pub fn read(next: Response, context: &mut Context) -> io::Result<Invocation> {
        let request_id = next
            .field("lambda-runtime-aws-request-id")
            .filter(|id| !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic()))
            .ok_or_else(|| io::Error::other("an invocation without a request id"))?
            .to_owned();
        let deadline_ms =
            next.field("lambda-runtime-deadline-ms").and_then(|value| value.parse().ok()).unwrap_or_default();
        let context = context.of(&next, deadline_ms);
        Ok(Invocation { request_id, deadline_ms, context, event: next.body })
    }
}
