//! The context that the app gets beside an event, as JSON.

use crate::connection::Response;
use crate::environment::variable;
use laconic_json::push_string;

/// What stays the same while the sandbox lives, written once for each ARN that is met.
#[derive(Default)]
pub struct Context {
    arn: String,
    fixed: String,
}

impl Context {
    /// The context of the invocation that came with `next`, in the order that lets the dispatcher read the
    /// lasting part once.
    pub fn of(&mut self, next: &Response, deadline_ms: i64) -> String {
        let field = |name: &str| next.field(name).unwrap_or_default();
        let arn = field("lambda-runtime-invoked-function-arn");
        if self.fixed.is_empty() || self.arn != arn {
            self.fixed = fixed(arn);
            self.arn = arn.into();
        }
        let mut out = String::with_capacity(self.fixed.len() + 256);
        out.push_str(&self.fixed);
        out.push_str(&format!(",\"deadlineMs\":{deadline_ms}"));
        push(&mut out, "awsRequestId", field("lambda-runtime-aws-request-id"));
        for (name, header) in
            [("tenantId", "lambda-runtime-aws-tenant-id"), ("traceId", "lambda-runtime-trace-id")]
        {
            if let Some(value) = next.field(header) {
                push(&mut out, name, value);
            }
        }
        // JSON already, as the client sent it.
        for (name, header) in [
            ("identity", "lambda-runtime-cognito-identity"),
            ("clientContext", "lambda-runtime-client-context"),
        ] {
            if let Some(value) = next.field(header).filter(|value| value.starts_with('{')) {
                out.push_str(&format!(",\"{name}\":{value}"));
            }
        }
        out.push('}');
        out
    }
}

fn fixed(arn: &str) -> String {
    let mut out = String::from("{\"functionName\":");
    push_string(&mut out, &variable("AWS_LAMBDA_FUNCTION_NAME"));
    for (name, from) in [
        ("functionVersion", "AWS_LAMBDA_FUNCTION_VERSION"),
        ("memoryLimitInMB", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE"),
        ("logGroupName", "AWS_LAMBDA_LOG_GROUP_NAME"),
        ("logStreamName", "AWS_LAMBDA_LOG_STREAM_NAME"),
    ] {
        push(&mut out, name, &variable(from));
    }
    push(&mut out, "invokedFunctionArn", arn);
    out
}

fn push(out: &mut String, name: &str, value: &str) {
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":");
    push_string(out, value);
}
