//! URLs as the WHATWG's standard has them: its parser, its setters and its serialiser.
//!
//! The `url` crate does not fit: it departs from the standard where a path of a file begins with several slashes,
//! where a backslash meets a scheme that the standard does not know, and in others of Node's everyday cases.

mod host;
mod module;
mod parser;
mod path;
mod percent;
mod record;
mod setters;

pub use module::UrlModule;
