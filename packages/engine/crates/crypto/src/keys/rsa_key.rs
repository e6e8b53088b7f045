//! RSA keys, and what is done with them.

use crypto_bigint::BoxedUint;
use crypto_primes::Flavor;
use rquickjs::class::{Trace, Tracer};
use rquickjs::prelude::Opt;
use rquickjs::{ArrayBuffer, Class, Ctx, JsLifetime, Result, methods};
use rsa::hazmat::{rsa_decrypt_and_check, rsa_encrypt};
use rsa::traits::{PrivateKeyParts, PublicKeyParts};
use rsa::{RsaPrivateKey, RsaPublicKey};

use super::numbers::{exactly, number};
use super::{Buffers, padding, primes, some};
use crate::bytes::{Bytes, buffer};
use crate::kdf::Poll;
use crate::random::System;

/// OpenSSL's limits.
const SMALLEST_BITS: usize = 512;
const MAX_BITS: usize = 16_384;

/// A key, prepared for computing with it.
#[rquickjs::class]
#[derive(JsLifetime)]
pub struct RsaKey {
    #[qjs(skip_trace)]
    parts: Parts,
}

struct Parts {
    public: RsaPublicKey,
    private: Option<RsaPrivateKey>,
}

// SAFETY: there is no JavaScript lifetime in it.
unsafe impl<'js> JsLifetime<'js> for Parts {
    type Changed<'to> = Parts;
}

impl<'js> Trace<'js> for RsaKey {
    fn trace<'a>(&self, _: Tracer<'a, 'js>) {}
}

impl Parts {
    fn length(&self) -> usize {
        self.public.size()
    }

    fn bits(&self) -> usize {
        self.public.n().bit_width() as usize
    }

    /// With the public key. None when the block is no number below the modulus.
    fn public_operation(&self, block: &[u8]) -> Option<Vec<u8>> {
        let message = self.to_number(block)?;
        Some(exactly(&rsa_encrypt(&self.public, &message).ok()?, self.length()))
    }

    /// With the private key.
    fn private_operation(&self, block: &[u8]) -> Option<Vec<u8>> {
        let message = self.to_number(block)?;
        let result = rsa_decrypt_and_check(self.private.as_ref()?, Some(&mut System), &message).ok()?;
        Some(exactly(&result, self.length()))
    }

    fn to_number(&self, block: &[u8]) -> Option<BoxedUint> {
        let number = BoxedUint::from_be_slice(block, self.public.n().bits_precision()).ok()?;
        (number < **self.public.n()).then_some(number)
    }
}

#[methods(rename_all = "camelCase")]
impl RsaKey {
    /// Signs what is already encoded, with the padding of PKCS #1 v1.5.
    fn sign_pkcs1<'js>(&self, ctx: Ctx<'js>, data: Bytes<'js>) -> Buffers<'js> {
        let block = padding::pad_signature(data.as_slice(), self.parts.length());
        some(&ctx, block.and_then(|block| self.parts.private_operation(&block)))
    }

    /// What was signed so.
    fn recover_pkcs1<'js>(&self, ctx: Ctx<'js>, signature: Bytes<'js>) -> Buffers<'js> {
        let block = self.parts.public_operation(signature.as_slice());
        some(&ctx, block.and_then(|block| padding::unpad_signature(&block).map(<[u8]>::to_vec)))
    }

    fn sign_pss<'js>(
        &self,
        ctx: Ctx<'js>,
        hash: String,
        mask_hash: String,
        digest: Bytes<'js>,
        salt_length: usize,
    ) -> Buffers<'js> {
        let bits = self.parts.bits() - 1;
        let block = padding::pad_pss(&hash, &mask_hash, digest.as_slice(), salt_length, bits);
        some(&ctx, block.and_then(|block| self.parts.private_operation(&self.whole(block))))
    }

    fn verify_pss<'js>(
        &self,
        hash: String,
        mask_hash: String,
        digest: Bytes<'js>,
        signature: Bytes<'js>,
        salt_length: Opt<Option<usize>>,
    ) -> bool {
        let bits = self.parts.bits() - 1;
        let checked = self.parts.public_operation(signature.as_slice()).and_then(|block| {
            padding::check_pss(&hash, &mask_hash, digest.as_slice(), salt_length.0.flatten(), bits, &block)
        });
        checked.is_some()
    }

    fn encrypt_pkcs1<'js>(&self, ctx: Ctx<'js>, data: Bytes<'js>) -> Buffers<'js> {
        let block = padding::pad_encryption(data.as_slice(), self.parts.length());
        some(&ctx, block.and_then(|block| self.parts.public_operation(&block)))
    }

    fn decrypt_pkcs1<'js>(&self, ctx: Ctx<'js>, data: Bytes<'js>) -> Buffers<'js> {
        let cipher_text = data.as_slice();
        let unpad = |block: Vec<u8>| {
            let secret = exactly(self.parts.private.as_ref()?.d(), self.parts.length());
            Some(padding::unpad_encryption(&block, &secret, cipher_text))
        };
        some(&ctx, self.parts.private_operation(cipher_text).and_then(unpad))
    }

    fn encrypt_oaep<'js>(
        &self,
        ctx: Ctx<'js>,
        data: Bytes<'js>,
        hash: String,
        mask_hash: String,
        label: Bytes<'js>,
    ) -> Buffers<'js> {
        let length = self.parts.length();
        let block = padding::pad_oaep(data.as_slice(), length, &hash, &mask_hash, label.as_slice());
        some(&ctx, block.and_then(|block| self.parts.public_operation(&block)))
    }

    fn decrypt_oaep<'js>(
        &self,
        ctx: Ctx<'js>,
        data: Bytes<'js>,
        hash: String,
        mask_hash: String,
        label: Bytes<'js>,
    ) -> Buffers<'js> {
        let unpad = |block| padding::unpad_oaep(block, &hash, &mask_hash, label.as_slice());
        some(&ctx, self.parts.private_operation(data.as_slice()).and_then(unpad))
    }

    /// Without padding: as many bytes as the modulus has.
    fn raw<'js>(&self, ctx: Ctx<'js>, block: Bytes<'js>, is_private: bool) -> Buffers<'js> {
        let block = block.as_slice();
        let result =
            if is_private { self.parts.private_operation(block) } else { self.parts.public_operation(block) };
        some(&ctx, result)
    }
}

impl RsaKey {
    /// A PSS block is a byte short where the modulus has one bit more than whole bytes.
    fn whole(&self, block: Vec<u8>) -> Vec<u8> {
        let missing = self.parts.length() - block.len();
        [vec![0; missing], block].concat()
    }
}

fn public_key(modulus: &[u8], exponent: &[u8]) -> Option<RsaPublicKey> {
    RsaPublicKey::new_with_max_size(number(modulus), number(exponent), MAX_BITS).ok()
}

pub fn public<'js>(
    ctx: Ctx<'js>,
    modulus: Bytes<'js>,
    exponent: Bytes<'js>,
) -> Result<Option<Class<'js, RsaKey>>> {
    let Some(public) = public_key(modulus.as_slice(), exponent.as_slice()) else { return Ok(None) };
    Class::instance(ctx, RsaKey { parts: Parts { public, private: None } }).map(Some)
}

pub fn private<'js>(
    ctx: Ctx<'js>,
    modulus: Bytes<'js>,
    public_exponent: Bytes<'js>,
    private_exponent: Bytes<'js>,
    p: Bytes<'js>,
    q: Bytes<'js>,
) -> Result<Option<Class<'js, RsaKey>>> {
    let public = public_key(modulus.as_slice(), public_exponent.as_slice());
    let private = RsaPrivateKey::from_components_with_large_exponent(
        number(modulus.as_slice()),
        number(public_exponent.as_slice()),
        number(private_exponent.as_slice()),
        vec![number(p.as_slice()), number(q.as_slice())],
    );
    let (Some(public), Ok(private)) = (public, private) else { return Ok(None) };
    Class::instance(ctx, RsaKey { parts: Parts { public, private: Some(private) } }).map(Some)
}

/// A new key; none when there can be none.
fn new_key(bits: usize, exponent: BoxedUint, poll: Poll<'_>) -> Result<Option<RsaPrivateKey>> {
    // In fewer bits there may be no two primes.
    if bits < SMALLEST_BITS {
        return Ok(RsaPrivateKey::new_with_exp_unchecked(&mut System, bits, exponent).ok());
    }
    if !exponent.bit_vartime(0) || exponent.bit_width_vartime() < 2 {
        return Ok(None);
    }
    let p_bits = bits as u32 / 2;
    loop {
        let p = primes::random(p_bits, Flavor::Any, true, poll)?;
        let q = primes::random(bits as u32 - p_bits, Flavor::Any, true, poll)?;
        // Refused when the exponent has a factor in common with one less one, or when they are the same.
        if let Ok(key) = RsaPrivateKey::from_primes(vec![p, q], exponent.clone()) {
            return Ok(Some(key));
        }
    }
}

/// A new key: n, e, d, p, q and the three numbers of the Chinese remainder theorem, as in PKCS #1.
pub fn generate<'js>(
    ctx: Ctx<'js>,
    bits: usize,
    exponent: Bytes<'js>,
) -> Result<Option<Vec<ArrayBuffer<'js>>>> {
    let exponent = number(exponent.as_slice());
    let Some(key) = new_key(bits, exponent, &|| laconic_quickjs::poll(&ctx))? else { return Ok(None) };
    let (Some(dp), Some(dq), [p, q]) = (key.dp(), key.dq(), key.primes()) else { return Ok(None) };
    let Some(coefficient) = key.crt_coefficient() else { return Ok(None) };
    [key.n().as_ref(), key.e(), key.d(), p, q, dp, dq, &coefficient]
        .into_iter()
        .map(|number| buffer(&ctx, number.to_be_bytes_trimmed_vartime()))
        .collect::<Result<Vec<_>>>()
        .map(Some)
}
