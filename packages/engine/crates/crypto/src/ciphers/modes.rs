//! The modes without authentication.

use super::Cipher;
use super::block::Block;

/// Blocks encrypted at once where they do not depend on each other.
const PARALLEL: usize = 16;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Ecb,
    Cbc,
    Ctr,
    Cfb,
    Cfb8,
    Ofb,
}

pub struct Mode {
    kind: Kind,
    block: Box<dyn Block>,
    is_encrypting: bool,
    is_padded: bool,
    /// The last block of ciphertext, the counter, or the shift register.
    register: Vec<u8>,
    /// What is left of a block of key stream, or of input that is no whole block.
    rest: Vec<u8>,
}

impl Mode {
    pub fn new(mode: &str, block: Box<dyn Block>, iv: &[u8], is_encrypting: bool) -> Option<Mode> {
        let kind = match mode {
            "ecb" => Kind::Ecb,
            "cbc" => Kind::Cbc,
            "ctr" => Kind::Ctr,
            "cfb" => Kind::Cfb,
            "cfb8" => Kind::Cfb8,
            "ofb" => Kind::Ofb,
            _ => return None,
        };
        let iv_length = if kind == Kind::Ecb { 0 } else { block.size() };
        if iv.len() != iv_length {
            return None;
        }
        Some(Mode { kind, block, is_encrypting, is_padded: true, register: iv.to_vec(), rest: Vec::new() })
    }

    /// Whether it works on whole blocks, so that the last one is padded.
    fn is_blockwise(&self) -> bool {
        matches!(self.kind, Kind::Ecb | Kind::Cbc)
    }

    fn encrypt_blocks(&mut self, data: &mut [u8]) {
        if self.kind == Kind::Ecb {
            return self.block.encrypt(data);
        }
        for block in data.chunks_mut(self.block.size()) {
            xor(block, &self.register);
            self.block.encrypt(block);
            self.register.copy_from_slice(block);
        }
    }

    fn decrypt_blocks(&mut self, data: &mut [u8]) {
        if self.kind == Kind::Ecb {
            return self.block.decrypt(data);
        }
        let size = self.block.size();
        let cipher_text = data.to_vec();
        self.block.decrypt(data);
        for (index, block) in data.chunks_mut(size).enumerate() {
            match index.checked_sub(1) {
                None => xor(block, &self.register),
                Some(previous) => xor(block, &cipher_text[previous * size..][..size]),
            }
        }
        if let Some(last) = cipher_text.chunks(size).last() {
            self.register.copy_from_slice(last);
        }
    }

    /// Takes whole blocks from what has come, keeping back one that may be the padded last.
    fn update_blocks(&mut self, data: &[u8]) -> Vec<u8> {
        self.rest.extend_from_slice(data);
        let size = self.block.size();
        let keeps_last = !self.is_encrypting && self.is_padded;
        let mut count = self.rest.len() / size * size;
        if keeps_last && count == self.rest.len() {
            count = count.saturating_sub(size);
        }
        let rest = self.rest.split_off(count);
        let mut output = std::mem::replace(&mut self.rest, rest);
        if self.is_encrypting {
            self.encrypt_blocks(&mut output);
        } else {
            self.decrypt_blocks(&mut output);
        }
        output
    }

    fn update_stream(&mut self, data: &[u8]) -> Vec<u8> {
        let mut output = data.to_vec();
        match self.kind {
            Kind::Ctr => {
                let mut counter = std::mem::take(&mut self.register);
                counter_mode(self.block.as_ref(), &mut counter, &mut self.rest, &mut output, counter_length);
                self.register = counter;
            }
            Kind::Cfb8 => self.cfb8(&mut output),
            _ => self.feedback(&mut output),
        }
        output
    }

    /// CFB and OFB: the register is encrypted to a key stream, and ciphertext or key stream becomes
    /// the register. `rest` is the key stream that is left.
    fn feedback(&mut self, data: &mut [u8]) {
        let size = self.block.size();
        for byte in data {
            if self.rest.is_empty() {
                self.rest = self.register.clone();
                self.block.encrypt(&mut self.rest);
                if self.kind == Kind::Ofb {
                    self.register.copy_from_slice(&self.rest);
                }
                self.rest.reverse();
            }
            let position = size - self.rest.len();
            let input = *byte;
            *byte ^= self.rest.pop().unwrap_or_default();
            if self.kind == Kind::Cfb {
                self.register[position] = if self.is_encrypting { *byte } else { input };
            }
        }
    }

    fn cfb8(&mut self, data: &mut [u8]) {
        for byte in data {
            let mut stream = self.register.clone();
            self.block.encrypt(&mut stream);
            let input = *byte;
            *byte ^= stream[0];
            self.register.remove(0);
            self.register.push(if self.is_encrypting { *byte } else { input });
        }
    }

    fn finish_encrypting(&mut self) -> Option<Vec<u8>> {
        let size = self.block.size();
        let mut last = std::mem::take(&mut self.rest);
        if !self.is_padded {
            return last.is_empty().then_some(last);
        }
        let padding = size - last.len();
        last.resize(size, padding as u8);
        self.encrypt_blocks(&mut last);
        Some(last)
    }

    fn finish_decrypting(&mut self) -> Option<Vec<u8>> {
        let mut last = std::mem::take(&mut self.rest);
        if !self.is_padded {
            return last.is_empty().then_some(last);
        }
        if last.len() != self.block.size() {
            return None;
        }
        self.decrypt_blocks(&mut last);
        let padding = usize::from(*last.last()?);
        let length = last.len().checked_sub(padding)?;
        let is_valid = padding != 0 && last[length..].iter().all(|byte| usize::from(*byte) == padding);
        last.truncate(length);
        is_valid.then_some(last)
    }
}

impl Cipher for Mode {
    fn update(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        Some(if self.is_blockwise() { self.update_blocks(data) } else { self.update_stream(data) })
    }

    fn finish(&mut self) -> Option<Vec<u8>> {
        match (self.is_blockwise(), self.is_encrypting) {
            (false, _) => Some(Vec::new()),
            (true, true) => self.finish_encrypting(),
            (true, false) => self.finish_decrypting(),
        }
    }

    fn set_padding(&mut self, is_on: bool) {
        self.is_padded = is_on;
    }
}

pub fn xor(target: &mut [u8], source: &[u8]) {
    target.iter_mut().zip(source).for_each(|(target, source)| *target ^= source);
}

/// CTR counts in the whole block.
fn counter_length(block: usize) -> usize {
    block
}

/// Adds a key stream of encrypted counters. `rest` is the unused end of the last block of it, and
/// `counted` says how many bytes at the end of a block are the counter.
pub fn counter_mode(
    block: &dyn Block,
    counter: &mut [u8],
    rest: &mut Vec<u8>,
    data: &mut [u8],
    counted: fn(usize) -> usize,
) {
    let used = rest.len().min(data.len());
    let (first, data) = data.split_at_mut(used);
    xor(first, rest);
    rest.drain(..used);
    let size = block.size();
    let counted = counter.len() - counted(size);
    let mut stream = vec![0; size * PARALLEL];
    for chunk in data.chunks_mut(size * PARALLEL) {
        let blocks = chunk.len().div_ceil(size);
        let stream = &mut stream[..blocks * size];
        for block in stream.chunks_mut(size) {
            block.copy_from_slice(counter);
            increment(&mut counter[counted..]);
        }
        block.encrypt(stream);
        xor(chunk, stream);
        rest.extend_from_slice(&stream[chunk.len()..]);
    }
}

pub fn increment(counter: &mut [u8]) {
    for byte in counter.iter_mut().rev() {
        *byte = byte.wrapping_add(1);
        if *byte != 0 {
            break;
        }
    }
}
