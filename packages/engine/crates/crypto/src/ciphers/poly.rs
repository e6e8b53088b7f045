//! ChaCha20, alone and with Poly1305 (RFC 8439).

use chacha20::ChaCha20;
use cipher::{KeyIvInit, StreamCipher, StreamCipherSeek};
use poly1305::Poly1305;
use poly1305::universal_hash::{KeyInit, UniversalHash};

use super::Cipher;
use super::aead::Authenticated;

/// Bytes of key stream before the first that is added to text: their start is Poly1305's key.
const BLOCK: usize = 64;
const NONCE: usize = 12;

pub struct ChaChaPoly {
    stream: ChaCha20,
    mac: Poly1305,
}

impl ChaChaPoly {
    pub fn new(key: &[u8], iv: &[u8]) -> Option<ChaChaPoly> {
        // A shorter one counts as if zeros stood in front.
        let mut nonce = [0; NONCE];
        nonce[NONCE.checked_sub(iv.len())?..].copy_from_slice(iv);
        let mut stream = ChaCha20::new_from_slices(key, &nonce).ok()?;
        let mut first = [0; BLOCK];
        stream.apply_keystream(&mut first);
        let mac = Poly1305::new_from_slice(&first[..32]).ok()?;
        Some(ChaChaPoly { stream, mac })
    }
}

impl Authenticated for ChaChaPoly {
    fn apply(&mut self, data: &mut [u8]) {
        self.stream.apply_keystream(data);
    }

    fn authenticate(&mut self, blocks: &[u8]) {
        self.mac.update_padded(blocks);
    }

    fn tag(&mut self, aad_length: u64, text_length: u64) -> [u8; 16] {
        let mut lengths = [0; 16];
        lengths[..8].copy_from_slice(&aad_length.to_le_bytes());
        lengths[8..].copy_from_slice(&text_length.to_le_bytes());
        let mut mac = self.mac.clone();
        mac.update_padded(&lengths);
        mac.finalize().into()
    }
}

/// The stream alone; its iv is OpenSSL's: a little-endian counter of four bytes, then the nonce.
pub struct ChaChaStream(ChaCha20);

impl ChaChaStream {
    pub fn new(key: &[u8], iv: &[u8]) -> Option<ChaChaStream> {
        let (counter, nonce) = iv.split_first_chunk::<4>()?;
        let mut stream = ChaCha20::new_from_slices(key, nonce).ok()?;
        stream.try_seek(u64::from(u32::from_le_bytes(*counter)) * BLOCK as u64).ok()?;
        Some(ChaChaStream(stream))
    }
}

impl Cipher for ChaChaStream {
    fn update(&mut self, data: &[u8]) -> Option<Vec<u8>> {
        let mut output = data.to_vec();
        self.0.apply_keystream(&mut output);
        Some(output)
    }

    fn finish(&mut self) -> Option<Vec<u8>> {
        Some(Vec::new())
    }
}
