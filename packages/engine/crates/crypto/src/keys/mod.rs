//! `laconic:keys`: RSA, elliptic curves, and the arithmetic of Diffie-Hellman.

mod edwards;
pub mod numbers;
pub mod padding;
pub mod primes;
mod rsa_key;
pub mod weierstrass;

use crypto_primes::Flavor;
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::{Func, Opt};
use rquickjs::{ArrayBuffer, Ctx, Result};

use crate::bytes::{Bytes, buffer};
use weierstrass::{Curve, curve};

type Buffers<'js> = Result<Option<ArrayBuffer<'js>>>;

fn some<'js>(ctx: &Ctx<'js>, bytes: Option<Vec<u8>>) -> Buffers<'js> {
    bytes.map(|bytes| buffer(ctx, bytes)).transpose()
}

/// A new private scalar.
fn ec_generate(ctx: Ctx<'_>, name: String) -> Buffers<'_> {
    some(&ctx, curve(&name).map(Curve::generate))
}

/// The point, uncompressed, of a private scalar.
fn ec_public<'js>(ctx: Ctx<'js>, name: String, private: Bytes<'js>) -> Buffers<'js> {
    some(&ctx, curve(&name).and_then(|curve| curve.public(private.as_slice())))
}

/// A point, uncompressed, from any of its forms; nothing when it is not on the curve.
fn ec_point<'js>(ctx: Ctx<'js>, name: String, point: Bytes<'js>) -> Buffers<'js> {
    some(&ctx, curve(&name).and_then(|curve| curve.point(point.as_slice())))
}

/// r and s, one after the other.
fn ec_sign<'js>(ctx: Ctx<'js>, name: String, private: Bytes<'js>, digest: Bytes<'js>) -> Buffers<'js> {
    some(&ctx, curve(&name).and_then(|curve| curve.sign(private.as_slice(), digest.as_slice())))
}

fn ec_verify<'js>(name: String, point: Bytes<'js>, digest: Bytes<'js>, signature: Bytes<'js>) -> bool {
    let verified = curve(&name)
        .and_then(|curve| curve.verify(point.as_slice(), digest.as_slice(), signature.as_slice()));
    verified.is_some()
}

/// The shared x coordinate.
fn ec_agree<'js>(ctx: Ctx<'js>, name: String, private: Bytes<'js>, point: Bytes<'js>) -> Buffers<'js> {
    some(&ctx, curve(&name).and_then(|curve| curve.agree(private.as_slice(), point.as_slice())))
}

fn ed25519_public<'js>(ctx: Ctx<'js>, private: Bytes<'js>) -> Buffers<'js> {
    some(&ctx, edwards::public(private.as_slice()))
}

fn ed25519_sign<'js>(ctx: Ctx<'js>, private: Bytes<'js>, data: Bytes<'js>) -> Buffers<'js> {
    some(&ctx, edwards::sign(private.as_slice(), data.as_slice()))
}

fn ed25519_verify<'js>(public: Bytes<'js>, data: Bytes<'js>, signature: Bytes<'js>) -> bool {
    edwards::verify(public.as_slice(), data.as_slice(), signature.as_slice()).is_some()
}

/// The shared secret; with no point, the public key.
fn x25519<'js>(ctx: Ctx<'js>, private: Bytes<'js>, point: Opt<Option<Bytes<'js>>>) -> Buffers<'js> {
    let point = point.0.flatten();
    some(&ctx, edwards::agree(private.as_slice(), point.as_ref().map(Bytes::as_slice)))
}

/// base ^ exponent modulo an odd number.
fn mod_pow<'js>(ctx: Ctx<'js>, base: Bytes<'js>, exponent: Bytes<'js>, modulus: Bytes<'js>) -> Buffers<'js> {
    some(&ctx, numbers::mod_pow(base.as_slice(), exponent.as_slice(), modulus.as_slice()))
}

fn is_prime<'js>(ctx: Ctx<'js>, candidate: Bytes<'js>) -> Result<bool> {
    primes::is_prime(&numbers::number(candidate.as_slice()), &|| laconic_quickjs::poll(&ctx))
}

fn random_prime(ctx: Ctx<'_>, bits: u32, is_safe: bool) -> Buffers<'_> {
    let flavor = if is_safe { Flavor::Safe } else { Flavor::Any };
    let prime = primes::random(bits, flavor, false, &|| laconic_quickjs::poll(&ctx))?;
    some(&ctx, Some(numbers::exactly(&prime, bits.div_ceil(8) as usize)))
}

const EXPORTS: [&str; 16] = [
    "rsaPublic",
    "rsaPrivate",
    "rsaGenerate",
    "ecGenerate",
    "ecPublic",
    "ecPoint",
    "ecSign",
    "ecVerify",
    "ecAgree",
    "ed25519Public",
    "ed25519Sign",
    "ed25519Verify",
    "x25519",
    "modPow",
    "isPrime",
    "randomPrime",
];

pub struct KeysModule;

impl ModuleDef for KeysModule {
    fn declare(declarations: &Declarations<'_>) -> Result<()> {
        EXPORTS.iter().try_for_each(|name| declarations.declare(*name).map(drop))
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("rsaPublic", Func::from(rsa_key::public))?;
        exports.export("rsaPrivate", Func::from(rsa_key::private))?;
        exports.export("rsaGenerate", Func::from(rsa_key::generate))?;
        exports.export("ecGenerate", Func::from(ec_generate))?;
        exports.export("ecPublic", Func::from(ec_public))?;
        exports.export("ecPoint", Func::from(ec_point))?;
        exports.export("ecSign", Func::from(ec_sign))?;
        exports.export("ecVerify", Func::from(ec_verify))?;
        exports.export("ecAgree", Func::from(ec_agree))?;
        exports.export("ed25519Public", Func::from(ed25519_public))?;
        exports.export("ed25519Sign", Func::from(ed25519_sign))?;
        exports.export("ed25519Verify", Func::from(ed25519_verify))?;
        exports.export("x25519", Func::from(x25519))?;
        exports.export("modPow", Func::from(mod_pow))?;
        exports.export("isPrime", Func::from(is_prime))?;
        exports.export("randomPrime", Func::from(random_prime)).map(drop)
    }
}
