//! AES key wrap (RFC 3394).

use subtle::ConstantTimeEq;

use super::Cipher;
use super::block::Block;
use super::modes::xor;

const HALF: usize = 8;
const ROUNDS: u64 = 6;

pub struct Wrap {
    block: Box<dyn Block>,
    iv: [u8; HALF],
    is_encrypting: bool,
}

impl Wrap {
    pub fn new(block: Box<dyn Block>, iv: &[u8], is_encrypting: bool) -> Option<Wrap> {
        (block.size() == 2 * HALF).then_some(())?;
        Some(Wrap { block, iv: iv.try_into().ok()?, is_encrypting })
    }

    fn wrap(&self, key: &[u8]) -> Vec<u8> {
        let mut output = [self.iv.as_slice(), key].concat();
        let count = key.len() / HALF;
        for step in 0..ROUNDS * count as u64 {
            let at = HALF * (1 + step as usize % count);
            let mut block = [0; 2 * HALF];
            block[..HALF].copy_from_slice(&output[..HALF]);
            block[HALF..].copy_from_slice(&output[at..at + HALF]);
            self.block.encrypt(&mut block);
            xor(&mut block[..HALF], &(step + 1).to_be_bytes());
            output[..HALF].copy_from_slice(&block[..HALF]);
            output[at..at + HALF].copy_from_slice(&block[HALF..]);
        }
        output
    }

    fn unwrap(&self, wrapped: &[u8]) -> Option<Vec<u8>> {
        let mut output = wrapped.to_vec();
        let count = wrapped.len() / HALF - 1;
        for step in (0..ROUNDS * count as u64).rev() {
            let at = HALF * (1 + step as usize % count);
            let mut block = [0; 2 * HALF];
            block[..HALF].copy_from_slice(&output[..HALF]);
            xor(&mut block[..HALF], &(step + 1).to_be_bytes());
            block[HALF..].copy_from_slice(&output[at..at + HALF]);
            self.block.decrypt(&mut block);
            output[..HALF].copy_from_slice(&block[..HALF]);
            output[at..at + HALF].copy_from_slice(&block[HALF..]);
        }
        let is_equal: bool = output[..HALF].ct_eq(&self.iv).into();
        is_equal.then(|| output.split_off(HALF))
    }
}

impl Cipher for Wrap {
    fn update(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        let least = if self.is_encrypting { 2 } else { 3 };
        if !data.len().is_multiple_of(HALF) || data.len() < least * HALF {
            return None;
        }
        if self.is_encrypting { Some(self.wrap(data)) } else { self.unwrap(data) }
    }

    fn finish(&mut self) -> Option<Vec<u8>> {
        Some(Vec::new())
    }
}
