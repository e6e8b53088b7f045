//! What Lambda says in the environment.

use std::env;

/// Who is served, and where events come from.
pub struct Environment {
    /// `host:port` of the Runtime API.
    pub api: String,
    /// Name of the app's function: Lambda's Handler setting.
    pub function: String,
    pub is_snap_start: bool,
    /// Why this environment cannot be served.
    pub refusal: Option<String>,
}

impl Environment {
    /// What is there; without the Runtime API there is nobody to tell of an error.
    pub fn read() -> Result<Environment, String> {
        let api = variable("AWS_LAMBDA_RUNTIME_API");
        if api.is_empty() {
            return Err(
                "AWS_LAMBDA_RUNTIME_API is not set: this program serves Lambda's Runtime API. Run it with `npx @laconic/cli invoke`."
                    .into(),
            );
        }
        let function = variable("_HANDLER");
        let refusal = refusal(&function);
        let is_snap_start = variable("AWS_LAMBDA_INITIALIZATION_TYPE") == "snap-start";
        Ok(Environment { api, function, is_snap_start, refusal })
    }
}

/// One request at a time runs in one engine; Managed Instances send many.
fn refusal(function: &str) -> Option<String> {
    let concurrency = variable("AWS_LAMBDA_MAX_CONCURRENCY");
    if concurrency.parse::<u32>().is_ok_and(|requests| requests > 1) {
        return Some(format!(
            "LAC6401: this sandbox is to serve {concurrency} requests at once (Managed Instances), and the native shim serves \
             one. Set the function's concurrency for each environment to 1, or switch it: npx @laconic/cli switch node"
        ));
    }
    function
        .is_empty()
        .then(|| "LAC6402: no handler is configured; it is the function's name in main()".into())
}

/// The variable, or nothing.
pub fn variable(name: &str) -> String {
    env::var(name).unwrap_or_default()
}
