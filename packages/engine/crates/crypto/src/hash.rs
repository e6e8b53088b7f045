//! Hashes and HMAC, by the names that OpenSSL knows them by.

use blake2::{Blake2b512, Blake2s256};
use digest::DynDigest;
use md5::Md5;
use ripemd::Ripemd160;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256};
use sha3::{Sha3_224, Sha3_256, Sha3_384, Sha3_512};

use crate::shake_hash::Shake;

/// A hash of fixed length, and the block length that HMAC needs.
pub struct Algorithm {
    pub state: Box<dyn DynDigest>,
    pub block: usize,
}

impl Clone for Algorithm {
    fn clone(&self) -> Self {
        Algorithm { state: self.state.box_clone(), block: self.block }
    }
}

/// The hash of that canonical name; none for the ones of any length.
pub fn find(name: &str) -> Option<Algorithm> {
    fn new<D: DynDigest + Default + 'static>(block: usize) -> Option<Algorithm> {
        Some(Algorithm { state: Box::<D>::default(), block })
    }
    match name {
        "md5" => new::<Md5>(64),
        "sha1" => new::<Sha1>(64),
        "sha224" => new::<Sha224>(64),
        "sha256" => new::<Sha256>(64),
        "sha384" => new::<Sha384>(128),
        "sha512" => new::<Sha512>(128),
        "sha512-224" => new::<Sha512_224>(128),
        "sha512-256" => new::<Sha512_256>(128),
        "sha3-224" => new::<Sha3_224>(144),
        "sha3-256" => new::<Sha3_256>(136),
        "sha3-384" => new::<Sha3_384>(104),
        "sha3-512" => new::<Sha3_512>(72),
        "ripemd160" => new::<Ripemd160>(64),
        "blake2b512" => new::<Blake2b512>(128),
        "blake2s256" => new::<Blake2s256>(64),
        "md5-sha1" => new::<Md5Sha1>(64),
        _ => None,
    }
}

/// The two hashes of early TLS, one after the other.
#[derive(Clone, Default)]
struct Md5Sha1 {
    md5: Md5,
    sha1: Sha1,
}

const MD5_LENGTH: usize = 16;

impl DynDigest for Md5Sha1 {
    fn update(&mut self, data: &[u8]) {
        DynDigest::update(&mut self.md5, data);
        DynDigest::update(&mut self.sha1, data);
    }

    fn finalize_into(self, buffer: &mut [u8]) -> Result<(), digest::InvalidBufferSize> {
        let mut state = self;
        state.finalize_into_reset(buffer)
    }

    fn finalize_into_reset(&mut self, buffer: &mut [u8]) -> Result<(), digest::InvalidBufferSize> {
        let (md5, sha1) = buffer.split_at_mut_checked(MD5_LENGTH).ok_or(digest::InvalidBufferSize)?;
        self.md5.finalize_into_reset(md5)?;
        self.sha1.finalize_into_reset(sha1)
    }

    fn reset(&mut self) {
        *self = Md5Sha1::default();
    }

    fn output_size(&self) -> usize {
        MD5_LENGTH + DynDigest::output_size(&self.sha1)
    }

    fn box_clone(&self) -> Box<dyn DynDigest> {
        Box::new(self.clone())
    }
}

/// HMAC (RFC 2104) of any hash.
#[derive(Clone)]
pub struct Hmac {
    inner: Algorithm,
    outer: Algorithm,
}

impl Hmac {
    pub fn new(algorithm: Algorithm, key: &[u8]) -> Hmac {
        let mut block = vec![0; algorithm.block];
        if key.len() > block.len() {
            let mut hash = algorithm.state.box_clone();
            hash.update(key);
            let digest = hash.finalize();
            block[..digest.len()].copy_from_slice(&digest);
        } else {
            block[..key.len()].copy_from_slice(key);
        }
        let mut inner = algorithm.clone();
        let mut outer = algorithm;
        block.iter_mut().for_each(|byte| *byte ^= 0x36);
        inner.state.update(&block);
        block.iter_mut().for_each(|byte| *byte ^= 0x36 ^ 0x5c);
        outer.state.update(&block);
        Hmac { inner, outer }
    }

    pub fn update(&mut self, bytes: &[u8]) {
        self.inner.state.update(bytes);
    }

    pub fn finish(self) -> Box<[u8]> {
        let Hmac { inner, mut outer } = self;
        outer.state.update(&inner.state.finalize());
        outer.state.finalize()
    }

    pub fn output_length(&self) -> usize {
        self.inner.state.output_size()
    }
}

/// A computation under way, whichever it is.
#[derive(Clone)]
pub enum Running {
    Hash(Algorithm),
    Shake(Shake, usize),
    Hmac(Hmac),
}

impl Running {
    /// The hash of that name; `length` in bytes is for those of any length.
    pub fn hash(name: &str, length: Option<usize>) -> Option<Running> {
        match name {
            "shake128" => Some(Running::Shake(Shake::Shake128(Default::default()), length.unwrap_or(16))),
            "shake256" => Some(Running::Shake(Shake::Shake256(Default::default()), length.unwrap_or(32))),
            _ => find(name).map(Running::Hash),
        }
    }

    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Running::Hash(algorithm) => algorithm.state.update(bytes),
            Running::Shake(shake, _) => shake.update(bytes),
            Running::Hmac(hmac) => hmac.update(bytes),
        }
    }

    pub fn finish(self) -> Vec<u8> {
        match self {
            Running::Hash(algorithm) => algorithm.state.finalize().into_vec(),
            Running::Shake(shake, length) => shake.finish(length),
            Running::Hmac(hmac) => hmac.finish().into_vec(),
        }
    }
}
