//! What the codecs have in common.

use crate::deflate::Io;

/// Why a call failed, as `node:zlib` tells it.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure {
    pub message: String,
    pub code: String,
    pub errno: i32,
}

impl Failure {
    pub fn new(message: &str, code: &str, errno: i32) -> Failure {
        Failure { message: message.into(), code: code.into(), errno }
    }
}

/// A stream that is compressed or decompressed piece by piece.
pub trait Codec {
    /// Goes on with `flush`, a number of the codec's own, as far as input and room allow.
    fn write(&mut self, io: &mut Io<'_>, flush: i32) -> Result<(), Failure>;

    /// Starts another stream with the same parameters.
    fn reset(&mut self) -> Result<(), Failure>;

    /// Changes level and strategy; only deflate knows these.
    fn set_parameters(&mut self, _level: i32, _strategy: i32) -> Result<(), Failure> {
        Ok(())
    }
}
