//! The role's credentials where they are not in the environment: with SnapStart an endpoint gives them.

use std::time::{Duration, Instant};

use crate::connection::Connection;
use crate::environment::variable;

/// After so long they are asked for again: they are valid for hours, and a failure is not asked about at every request.
const KEPT: Duration = Duration::from_secs(300);

/// Key id, secret and token.
pub type Credentials = [String; 3];

const FIELDS: [&str; 3] = ["AccessKeyId", "SecretAccessKey", "Token"];

/// The endpoint, when there is one.
pub struct Container {
    uri: String,
    known: Credentials,
    asked: Option<Instant>,
}

impl Container {
    /// None where the environment holds the credentials itself.
    pub fn of_environment() -> Option<Container> {
        let uri = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI");
        let is_needed = !uri.is_empty() && variable("AWS_ACCESS_KEY_ID").is_empty();
        is_needed.then(|| Container { uri, known: Credentials::default(), asked: None })
    }

    /// The cached ones, fetched again before they expire. A failure is logged.
    pub fn current(&mut self) -> &Credentials {
        if self.asked.is_none_or(|asked| asked.elapsed() > KEPT) {
            self.asked = Some(Instant::now());
            match fetch(&self.uri) {
                Ok(fetched) => self.known = fetched,
                Err(reason) => {
                    eprintln!("LAC6403: no credentials from AWS_CONTAINER_CREDENTIALS_FULL_URI: {reason}")
                }
            }
        }
        &self.known
    }
}

fn fetch(uri: &str) -> Result<Credentials, String> {
    let rest = uri.strip_prefix("http://").ok_or("it is no http address")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let token = authorization();
    let token = if token.is_empty() { token } else { format!("Authorization: {token}\r\n") };
    let head = format!("GET /{path} HTTP/1.1\r\nHost: {host}\r\n{token}\r\n");
    let response = Connection::new(&address).exchange(&head, &[]).map_err(|error| error.to_string())?;
    if response.status != 200 {
        return Err(format!("status {}", response.status));
    }
    let body = String::from_utf8_lossy(&response.body).into_owned();
    let mut credentials = Credentials::default();
    for (name, value) in FIELDS.iter().zip(&mut credentials) {
        *value = member(&body, name).ok_or_else(|| format!("its answer has no {name}"))?;
    }
    Ok(credentials)
}

/// The one in a file may change, so it is read each time.
fn authorization() -> String {
    let path = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE");
    match std::fs::read_to_string(path) {
        Ok(token) => token.trim().to_owned(),
        Err(_) => variable("AWS_CONTAINER_AUTHORIZATION_TOKEN"),
    }
}

/// A member of a flat object of strings, in which nothing is escaped: keys are base64.
fn member(json: &str, name: &str) -> Option<String> {
    let (_, rest) = json.split_once(&format!("\"{name}\""))?;
    let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    value.split_once('"').map(|(value, _)| value.replace("\\/", "/"))
}
