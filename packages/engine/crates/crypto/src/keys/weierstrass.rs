//! The curves of ECDSA and ECDH, each behind the same face.

use crate::random;

/// Operations on one curve; none where a key, point or signature is not valid.
pub trait Curve {
    fn generate(&self) -> Vec<u8>;
    fn public(&self, private: &[u8]) -> Option<Vec<u8>>;
    fn point(&self, point: &[u8]) -> Option<Vec<u8>>;
    fn sign(&self, private: &[u8], digest: &[u8]) -> Option<Vec<u8>>;
    fn verify(&self, point: &[u8], digest: &[u8], signature: &[u8]) -> Option<()>;
    fn agree(&self, private: &[u8], point: &[u8]) -> Option<Vec<u8>>;
}

/// The curve of OpenSSL's name.
pub fn curve(name: &str) -> Option<&'static dyn Curve> {
    match name {
        "prime256v1" => Some(&p256_curve::Implementation),
        "secp384r1" => Some(&p384_curve::Implementation),
        "secp521r1" => Some(&p521_curve::Implementation),
        "secp256k1" => Some(&k256_curve::Implementation),
        _ => None,
    }
}

/// The bytes at the end of `bytes`, filled up with zeros in front.
fn fit(bytes: &[u8], length: usize) -> Option<Vec<u8>> {
    let bytes = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
    let mut fitted = vec![0; length.checked_sub(bytes.len())?];
    fitted.extend_from_slice(bytes);
    Some(fitted)
}

/// The crates share no trait that covers all of this without a page of bounds.
macro_rules! curve {
    ($module:ident, $crate_:ident :: $curve:ident, $length:literal, $top:literal) => {
        mod $module {
            use ecdsa::hazmat::{sign_prehashed, verify_prehashed};
            use $crate_::ecdsa::Signature;
            use $crate_::{PublicKey, SecretKey};

            use super::{Curve, fit, random};

            pub struct Implementation;

            fn secret(private: &[u8]) -> Option<SecretKey> {
                SecretKey::from_slice(&fit(private, $length)?).ok()
            }

            fn uncompressed(key: &PublicKey) -> Vec<u8> {
                use $crate_::elliptic_curve::sec1::ToSec1Point;
                key.to_sec1_point(false).as_bytes().to_vec()
            }

            /// A digest shorter than the field counts as a number, as in OpenSSL.
            fn padded(digest: &[u8]) -> Vec<u8> {
                let mut padded = vec![0; ($length as usize).saturating_sub(digest.len())];
                padded.extend_from_slice(digest);
                padded
            }

            impl Curve for Implementation {
                fn generate(&self) -> Vec<u8> {
                    loop {
                        let mut bytes = random::bytes($length);
                        bytes[0] &= $top;
                        if SecretKey::from_slice(&bytes).is_ok() {
                            return bytes;
                        }
                    }
                }

                fn public(&self, private: &[u8]) -> Option<Vec<u8>> {
                    Some(uncompressed(&secret(private)?.public_key()))
                }

                fn point(&self, point: &[u8]) -> Option<Vec<u8>> {
                    PublicKey::from_sec1_bytes(point).ok().map(|key| uncompressed(&key))
                }

                fn sign(&self, private: &[u8], digest: &[u8]) -> Option<Vec<u8>> {
                    let key = secret(private)?.to_nonzero_scalar();
                    let digest = padded(digest);
                    loop {
                        let nonce = SecretKey::from_slice(&self.generate()).ok()?.to_nonzero_scalar();
                        if let Ok((signature, _)) = sign_prehashed::<$crate_::$curve>(&key, &nonce, &digest) {
                            return Some(signature.to_vec());
                        }
                    }
                }

                fn verify(&self, point: &[u8], digest: &[u8], signature: &[u8]) -> Option<()> {
                    let key = PublicKey::from_sec1_bytes(point).ok()?;
                    let signature = Signature::from_slice(signature).ok()?.normalize_s();
                    verify_prehashed(&key.to_projective(), &padded(digest), &signature).ok()
                }

                fn agree(&self, private: &[u8], point: &[u8]) -> Option<Vec<u8>> {
                    let key = PublicKey::from_sec1_bytes(point).ok()?;
                    let secret = secret(private)?;
                    Some(secret.diffie_hellman(&key).raw_secret_bytes().to_vec())
                }
            }
        }
    };
}

curve!(p256_curve, p256::NistP256, 32, 0xff);
curve!(p384_curve, p384::NistP384, 48, 0xff);
curve!(p521_curve, p521::NistP521, 66, 0x01);
curve!(k256_curve, k256::Secp256k1, 32, 0xff);
