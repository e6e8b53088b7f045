//! Ed25519 and X25519 (RFC 8032, RFC 7748).

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use x25519_dalek::{X25519_BASEPOINT_BYTES, x25519};

pub fn public(private: &[u8]) -> Option<Vec<u8>> {
    Some(SigningKey::from_bytes(private.try_into().ok()?).verifying_key().to_bytes().to_vec())
}

pub fn sign(private: &[u8], data: &[u8]) -> Option<Vec<u8>> {
    Some(SigningKey::from_bytes(private.try_into().ok()?).sign(data).to_vec())
}

pub fn verify(public: &[u8], data: &[u8], signature: &[u8]) -> Option<()> {
    let key = VerifyingKey::from_bytes(public.try_into().ok()?).ok()?;
    key.verify(data, &Signature::from_slice(signature).ok()?).ok()
}

/// None when the result is zero, which no honest other side brings about.
pub fn agree(private: &[u8], point: Option<&[u8]>) -> Option<Vec<u8>> {
    let private = private.try_into().ok()?;
    let Some(point) = point else { return Some(x25519(private, X25519_BASEPOINT_BYTES).to_vec()) };
    let secret = x25519(private, point.try_into().ok()?);
    secret.iter().any(|byte| *byte != 0).then(|| secret.to_vec())
}
