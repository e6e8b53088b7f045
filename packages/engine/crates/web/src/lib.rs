//! What the interfaces of the web platform, which are JavaScript, ask of the engine: parsing URLs, the
//! offsets of time zones, and text in the encodings of old.
//!
//! Each is a module of its own, so that a library holds those that its app can reach.

mod encodings;
mod url;
mod zones;

pub use crate::encodings::EncodingsModule;
pub use crate::url::UrlModule;
pub use crate::zones::ZonesModule;
