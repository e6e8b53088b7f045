//! Galois/Counter Mode (NIST SP 800-38D).

use cipher::Array;
use ghash::GHash;
use ghash::universal_hash::UniversalHash;

use super::aead::Authenticated;
use super::block::Block;
use super::modes::{counter_mode, increment, xor};

const BLOCK: usize = 16;
/// The length of an iv that is used as it is.
const NONCE: usize = 12;

pub struct Gcm {
    block: Box<dyn Block>,
    hash: GHash,
    counter: [u8; BLOCK],
    rest: Vec<u8>,
    /// The first counter, encrypted: what hides the tag.
    mask: [u8; BLOCK],
}

impl Gcm {
    pub fn new(block: Box<dyn Block>, iv: &[u8]) -> Option<Gcm> {
        if block.size() != BLOCK || iv.is_empty() {
            return None;
        }
        let mut key = [0; BLOCK];
        block.encrypt(&mut key);
        let hash = GHash::new(&Array(key));
        let mut counter = first_counter(&hash, iv);
        let mut mask = counter;
        block.encrypt(&mut mask);
        increment(&mut counter[NONCE..]);
        Some(Gcm { block, hash, counter, rest: Vec::new(), mask })
    }
}

fn first_counter(hash: &GHash, iv: &[u8]) -> [u8; BLOCK] {
    let mut counter = [0; BLOCK];
    if iv.len() == NONCE {
        counter[..NONCE].copy_from_slice(iv);
        counter[BLOCK - 1] = 1;
        return counter;
    }
    let mut hash = hash.clone();
    hash.update_padded(iv);
    hash.update(&[lengths(0, iv.len() as u64).into()]);
    hash.finalize().into()
}

/// Both lengths in bits.
fn lengths(aad: u64, text: u64) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block[..8].copy_from_slice(&(aad * 8).to_be_bytes());
    block[8..].copy_from_slice(&(text * 8).to_be_bytes());
    block
}

impl Authenticated for Gcm {
    fn apply(&mut self, data: &mut [u8]) {
        counter_mode(self.block.as_ref(), &mut self.counter, &mut self.rest, data, |_| BLOCK - NONCE);
    }

    fn authenticate(&mut self, blocks: &[u8]) {
        self.hash.update_padded(blocks);
    }

    fn tag(&mut self, aad_length: u64, text_length: u64) -> [u8; BLOCK] {
        let mut hash = self.hash.clone();
        hash.update(&[lengths(aad_length, text_length).into()]);
        let mut tag: [u8; BLOCK] = hash.finalize().into();
        xor(&mut tag, &self.mask);
        tag
    }
}
