//! Block ciphers of any size behind one face, so that the modes are compiled once.

use aes::{Aes128, Aes192, Aes256};
use cipher::{Array, BlockCipherDecrypt, BlockCipherEncrypt, KeyInit};
use des::{TdesEde2, TdesEde3};

pub trait Block {
    /// Bytes of a block.
    fn size(&self) -> usize;
    /// Encrypts whole blocks in place.
    fn encrypt(&self, blocks: &mut [u8]);
    /// Decrypts whole blocks in place.
    fn decrypt(&self, blocks: &mut [u8]);
}

impl<C: BlockCipherEncrypt + BlockCipherDecrypt> Block for C {
    fn size(&self) -> usize {
        C::block_size()
    }

    fn encrypt(&self, blocks: &mut [u8]) {
        self.encrypt_blocks(Array::slice_as_chunks_mut(blocks).0);
    }

    fn decrypt(&self, blocks: &mut [u8]) {
        self.decrypt_blocks(Array::slice_as_chunks_mut(blocks).0);
    }
}

/// The cipher for a key of this length.
pub fn find(algorithm: &str, key: &[u8]) -> Option<Box<dyn Block>> {
    fn new<C: KeyInit + Block + 'static>(key: &[u8]) -> Option<Box<dyn Block>> {
        Some(Box::new(C::new_from_slice(key).ok()?))
    }
    match (algorithm, key.len()) {
        ("aes", 16) => new::<Aes128>(key),
        ("aes", 24) => new::<Aes192>(key),
        ("aes", 32) => new::<Aes256>(key),
        ("des-ede3", 24) => new::<TdesEde3>(key),
        ("des-ede", 16) => new::<TdesEde2>(key),
        _ => None,
    }
}
