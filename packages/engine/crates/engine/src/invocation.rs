//! Which request runs now, for what is written on its account: log records, unhandled rejections.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Requests that are remembered, for timers which outlive theirs.
const REMEMBERED: usize = 64;

struct Invocations {
    /// Requests so far; the number of the current one.
    number: u64,
    /// The current one's context, JSON. Kept as text, because most requests never need it.
    context: String,
    past: VecDeque<(u64, String)>,
}

static INVOCATIONS: Mutex<Invocations> =
    Mutex::new(Invocations { number: 0, context: String::new(), past: VecDeque::new() });

/// Begins a request and returns its number, from 1.
pub fn begin(context: &str) -> u64 {
    let mut invocations = invocations();
    invocations.number += 1;
    invocations.context.clear();
    invocations.context.push_str(context);
    invocations.number
}

/// Remembers the current request's id: something of it is left that may run later.
pub fn remember() {
    let mut invocations = invocations();
    if let Some(id) = request_id(&invocations.context) {
        let number = invocations.number;
        invocations.past.truncate(REMEMBERED - 1);
        invocations.past.push_front((number, id));
    }
}

/// Lambda's id of the request with that number, when it is known.
pub fn id_of(number: u64) -> Option<String> {
    let invocations = invocations();
    if number == invocations.number {
        return request_id(&invocations.context);
    }
    invocations.past.iter().find(|(past, _)| *past == number).map(|(_, id)| id.clone())
}

/// The value of `awsRequestId` in a context. An id is hexadecimal with dashes, so nothing is escaped.
fn request_id(context: &str) -> Option<String> {
    let (_, rest) = context.split_once("\"awsRequestId\":")?;
    let (_, rest) = rest.split_once('"')?;
    let (id, _) = rest.split_once('"')?;
    (!id.is_empty()).then(|| id.to_owned())
}

fn invocations() -> MutexGuard<'static, Invocations> {
    INVOCATIONS.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_id_is_found_in_a_context() {
        assert_eq!(request_id(r#"{"a":1,"awsRequestId":"8f-1","b":""}"#).as_deref(), Some("8f-1"));
        assert_eq!(request_id(r#"{"awsRequestId": "8f-1"}"#).as_deref(), Some("8f-1"));
        for context in ["{}", r#"{"awsRequestId":""}"#, r#"{"awsRequestId":null}"#, r#"{"awsRequestId":"#] {
            assert_eq!(request_id(context), None, "{context}");
        }
    }
}
