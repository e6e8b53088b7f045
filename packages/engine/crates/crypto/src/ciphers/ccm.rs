//! Counter with CBC-MAC (RFC 3610): the text comes in one piece, and its length is known before.

use subtle::ConstantTimeEq;

use super::Cipher;
use super::block::Block;
use super::modes::{counter_mode, increment, xor};

const BLOCK: usize = 16;
/// From this length of additional data on, its length takes more than two bytes.
const LONG_AAD: usize = 0xff00;

pub struct Ccm {
    block: Box<dyn Block>,
    nonce: Vec<u8>,
    is_encrypting: bool,
    tag_length: usize,
    aad: Vec<u8>,
    is_used: bool,
    expected: Option<Vec<u8>>,
    tag: Option<Vec<u8>>,
}

impl Ccm {
    pub fn new(block: Box<dyn Block>, nonce: &[u8], is_encrypting: bool, tag_length: usize) -> Option<Ccm> {
        if block.size() != BLOCK || !(7..=13).contains(&nonce.len()) {
            return None;
        }
        Some(Ccm {
            block,
            nonce: nonce.to_vec(),
            is_encrypting,
            tag_length,
            aad: Vec::new(),
            is_used: false,
            expected: None,
            tag: None,
        })
    }

    /// A block of flags, nonce and a number that fills what is left.
    fn header(&self, flags: u8, number: u64) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        let width = BLOCK - 1 - self.nonce.len();
        block[0] = flags | (width - 1) as u8;
        block[1..=self.nonce.len()].copy_from_slice(&self.nonce);
        let number = u128::from(number).to_be_bytes();
        block[BLOCK - width..].copy_from_slice(&number[BLOCK - width..]);
        block
    }

    fn mac(&self, text: &[u8]) -> [u8; BLOCK] {
        let flags = u8::from(!self.aad.is_empty()) << 6 | ((self.tag_length as u8 - 2) / 2) << 3;
        let mut state = self.header(flags, text.len() as u64);
        self.block.encrypt(&mut state);
        if !self.aad.is_empty() {
            let length = self.aad.len();
            let mut aad = Vec::with_capacity(length + 6);
            if length < LONG_AAD {
                aad.extend_from_slice(&(length as u16).to_be_bytes());
            } else {
                aad.extend_from_slice(&[0xff, 0xfe]);
                aad.extend_from_slice(&(length as u32).to_be_bytes());
            }
            aad.extend_from_slice(&self.aad);
            self.absorb(&mut state, &aad);
        }
        self.absorb(&mut state, text);
        state
    }

    fn absorb(&self, state: &mut [u8; BLOCK], data: &[u8]) {
        for chunk in data.chunks(BLOCK) {
            xor(state, chunk);
            self.block.encrypt(state);
        }
    }

    /// The tag for this plaintext.
    fn sealed_tag(&self, text: &[u8]) -> Vec<u8> {
        let mut tag = self.mac(text);
        let mut mask = self.header(0, 0);
        self.block.encrypt(&mut mask);
        xor(&mut tag, &mask);
        tag[..self.tag_length].to_vec()
    }

    fn apply(&self, data: &mut [u8]) {
        let mut counter = self.header(0, 0);
        increment(&mut counter);
        counter_mode(self.block.as_ref(), &mut counter, &mut Vec::new(), data, |size| size);
    }
}

impl Cipher for Ccm {
    fn update(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        if std::mem::replace(&mut self.is_used, true) {
            return None;
        }
        let mut output = data.to_vec();
        self.apply(&mut output);
        if self.is_encrypting {
            self.tag = Some(self.sealed_tag(data));
            return Some(output);
        }
        let tag = self.sealed_tag(&output);
        let is_equal: bool = tag.ct_eq(self.expected.as_ref()?).into();
        is_equal.then_some(output)
    }

    fn finish(&mut self) -> Option<Vec<u8>> {
        if !self.is_used {
            self.update(&[])?;
        }
        Some(Vec::new())
    }

    fn set_aad(&mut self, data: &[u8], _length: Option<usize>) -> bool {
        self.aad.extend_from_slice(data);
        !self.is_used
    }

    fn set_tag(&mut self, tag: &[u8]) {
        self.expected = Some(tag.to_vec());
    }

    fn tag(&self) -> Option<Vec<u8>> {
        self.tag.clone()
    }
}
