//! What GCM and ChaCha20-Poly1305 have in common: data that is authenticated only, then text, then
//! lengths, and a tag.

use subtle::ConstantTimeEq;

use super::Cipher;

/// The parts in which they differ.
pub trait Authenticated {
    /// Adds the key stream.
    fn apply(&mut self, data: &mut [u8]);
    /// Authenticates, zero-padded to a block.
    fn authenticate(&mut self, blocks: &[u8]);
    /// The tag, whole.
    fn tag(&mut self, aad_length: u64, text_length: u64) -> [u8; 16];
}

const BLOCK: usize = 16;

pub struct Aead<C> {
    cipher: C,
    is_encrypting: bool,
    tag_length: usize,
    aad: Vec<u8>,
    aad_length: u64,
    text_length: u64,
    is_text_begun: bool,
    /// Ciphertext that is no whole block yet.
    partial: Vec<u8>,
    expected: Option<Vec<u8>>,
    tag: Option<Vec<u8>>,
}

impl<C: Authenticated> Aead<C> {
    pub fn new(cipher: C, is_encrypting: bool, tag_length: usize) -> Aead<C> {
        Aead {
            cipher,
            is_encrypting,
            tag_length,
            aad: Vec::new(),
            aad_length: 0,
            text_length: 0,
            is_text_begun: false,
            partial: Vec::new(),
            expected: None,
            tag: None,
        }
    }

    fn begin_text(&mut self) {
        if !self.is_text_begun {
            self.is_text_begun = true;
            self.aad_length = self.aad.len() as u64;
            self.cipher.authenticate(&std::mem::take(&mut self.aad));
        }
    }

    fn authenticate_text(&mut self, text: &[u8]) {
        self.text_length += text.len() as u64;
        self.partial.extend_from_slice(text);
        let rest = self.partial.split_off(self.partial.len() / BLOCK * BLOCK);
        self.cipher.authenticate(&self.partial);
        self.partial = rest;
    }
}

impl<C: Authenticated> Cipher for Aead<C> {
    fn update(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        self.begin_text();
        let mut output = data.to_vec();
        if self.is_encrypting {
            self.cipher.apply(&mut output);
            self.authenticate_text(&output);
        } else {
            self.authenticate_text(data);
            self.cipher.apply(&mut output);
        }
        Some(output)
    }

    fn finish(&mut self) -> Option<Vec<u8>> {
        self.begin_text();
        self.cipher.authenticate(&std::mem::take(&mut self.partial));
        let tag = self.cipher.tag(self.aad_length, self.text_length);
        if self.is_encrypting {
            self.tag = Some(tag[..self.tag_length.min(tag.len())].to_vec());
            return Some(Vec::new());
        }
        let expected = self.expected.as_ref()?;
        let is_equal: bool = tag.get(..expected.len())?.ct_eq(expected).into();
        is_equal.then(Vec::new)
    }

    fn set_aad(&mut self, data: &[u8], _length: Option<usize>) -> bool {
        self.aad.extend_from_slice(data);
        !self.is_text_begun
    }

    fn set_tag(&mut self, tag: &[u8]) {
        self.expected = Some(tag.to_vec());
    }

    fn tag(&self) -> Option<Vec<u8>> {
        self.tag.clone()
    }
}
