//! The engine's private modules `laconic:crypto`, `laconic:ciphers` and `laconic:keys`: small
//! synchronous primitives, on which node-compat builds `node:crypto` and WebCrypto. Three modules, so
//! that a library holds only what its app can reach.
//!
//! Arguments are bytes, numbers and names that the JavaScript above has validated; results are
//! `ArrayBuffer`s. What a primitive refuses for its values (a key that is none, a tag that does not
//! match) is `undefined` or false, and becomes an error with Node's code there.

mod bytes;
pub mod ciphers;
mod hash;
mod kdf;
pub mod keys;
mod module;
mod random;
mod shake_hash;

pub use ciphers::CiphersModule;
pub use keys::KeysModule;
pub use module::CryptoModule;

#[cfg(test)]
mod tests;
