//! TLS without I/O: encrypted bytes go in and come out, whoever carries them.

mod certificate;
mod context;
mod failure;
mod session;
mod trust;

pub use certificate::describe as describe_certificate;
pub use context::SecureContext;
pub use session::TlsSession;
