//! The engine's private modules `laconic:zlib`, `laconic:brotli` and `laconic:zstd`: compression
//! piece by piece, on which node-compat builds `node:zlib`. One module a format, so that a library
//! holds only what its app can reach.

mod brotli;
mod checksum;
mod code;
mod codec;
mod deflate;
mod module;
mod zlib;
mod zstd;

pub use module::{BrotliModule, ZlibModule, ZstdModule};

#[cfg(test)]
mod tests;
