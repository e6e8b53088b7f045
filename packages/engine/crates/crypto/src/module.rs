//! `laconic:crypto`: hashes, HMAC, key derivation and randomness.

use rquickjs::class::{Trace, Tracer};
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::{Func, Opt};
use rquickjs::{ArrayBuffer, Class, Ctx, JsLifetime, Result, TypedArray, methods};
use subtle::ConstantTimeEq;

use crate::bytes::{Bytes, buffer};
use crate::hash::{Hmac, Running, find};
use crate::{kdf, random};

/// Bytes hashed between two looks at the clock.
const BETWEEN_LOOKS: usize = 1 << 20;

/// A hash or HMAC under way.
#[rquickjs::class]
#[derive(JsLifetime)]
pub struct Hasher {
    #[qjs(skip_trace)]
    running: Option<State>,
}

struct State(Running);

// SAFETY: there is no JavaScript lifetime in it.
unsafe impl<'js> JsLifetime<'js> for State {
    type Changed<'to> = State;
}

impl<'js> Trace<'js> for Hasher {
    fn trace<'a>(&self, _: Tracer<'a, 'js>) {}
}

impl Hasher {
    fn new(running: Running) -> Hasher {
        Hasher { running: Some(State(running)) }
    }
}

#[methods]
impl Hasher {
    fn update<'js>(&mut self, ctx: Ctx<'js>, data: Bytes<'js>) -> Result<()> {
        if let Some(state) = &mut self.running {
            for part in data.as_slice().chunks(BETWEEN_LOOKS) {
                laconic_quickjs::poll(&ctx)?;
                state.0.update(part);
            }
        }
        Ok(())
    }

    /// The result; nothing the second time.
    fn digest<'js>(&mut self, ctx: Ctx<'js>) -> Result<Option<ArrayBuffer<'js>>> {
        self.running.take().map(|state| buffer(&ctx, state.0.finish())).transpose()
    }

    /// Another one in the same state; `length` as for `hash`.
    fn copy<'js>(&self, ctx: Ctx<'js>, length: Opt<Option<usize>>) -> Result<Option<Class<'js, Hasher>>> {
        let Some(State(running)) = &self.running else { return Ok(None) };
        let mut running = running.clone();
        if let (Running::Shake(_, current), Some(length)) = (&mut running, length.0.flatten()) {
            *current = length;
        }
        Class::instance(ctx, Hasher::new(running)).map(Some)
    }
}

fn hash<'js>(ctx: Ctx<'js>, name: String, length: Opt<Option<usize>>) -> Result<Option<Class<'js, Hasher>>> {
    let running = Running::hash(&name, length.0.flatten());
    running.map(|running| Class::instance(ctx, Hasher::new(running))).transpose()
}

fn hmac<'js>(ctx: Ctx<'js>, name: String, key: Bytes<'js>) -> Result<Option<Class<'js, Hasher>>> {
    let Some(algorithm) = find(&name) else { return Ok(None) };
    let hmac = Hmac::new(algorithm, key.as_slice());
    Class::instance(ctx, Hasher::new(Running::Hmac(hmac))).map(Some)
}

fn digest<'js>(
    ctx: Ctx<'js>,
    name: String,
    data: Bytes<'js>,
    length: Opt<Option<usize>>,
) -> Result<Option<ArrayBuffer<'js>>> {
    let Some(mut running) = Running::hash(&name, length.0.flatten()) else { return Ok(None) };
    running.update(data.as_slice());
    buffer(&ctx, running.finish()).map(Some)
}

fn mac<'js>(
    ctx: Ctx<'js>,
    name: String,
    key: Bytes<'js>,
    data: Bytes<'js>,
) -> Result<Option<ArrayBuffer<'js>>> {
    let Some(algorithm) = find(&name) else { return Ok(None) };
    let mut hmac = Hmac::new(algorithm, key.as_slice());
    hmac.update(data.as_slice());
    buffer(&ctx, hmac.finish()).map(Some)
}

fn pbkdf2<'js>(
    ctx: Ctx<'js>,
    hash: String,
    password: Bytes<'js>,
    salt: Bytes<'js>,
    iterations: u32,
    length: usize,
) -> Result<Option<ArrayBuffer<'js>>> {
    let poll = || laconic_quickjs::poll(&ctx);
    let key = kdf::pbkdf2(&hash, password.as_slice(), salt.as_slice(), iterations, length, &poll)?;
    key.map(|key| buffer(&ctx, key)).transpose()
}

fn scrypt<'js>(
    ctx: Ctx<'js>,
    password: Bytes<'js>,
    salt: Bytes<'js>,
    log_cost: u8,
    block: u32,
    parallel: u32,
    length: usize,
) -> Result<Option<ArrayBuffer<'js>>> {
    let key = kdf::scrypt(password.as_slice(), salt.as_slice(), log_cost, block, parallel, length);
    key.map(|key| buffer(&ctx, key)).transpose()
}

fn hkdf<'js>(
    ctx: Ctx<'js>,
    hash: String,
    key: Bytes<'js>,
    salt: Bytes<'js>,
    info: Bytes<'js>,
    length: usize,
) -> Result<Option<ArrayBuffer<'js>>> {
    let key = kdf::hkdf(&hash, key.as_slice(), salt.as_slice(), info.as_slice(), length);
    key.map(|key| buffer(&ctx, key)).transpose()
}

fn random_fill<'js>(ctx: Ctx<'js>, array: TypedArray<'js, u8>) -> Result<()> {
    // SAFETY: the system fills it.
    random::fill(unsafe { laconic_quickjs::bytes::writable(&ctx, &array) }?);
    Ok(())
}

fn random_bytes(ctx: Ctx<'_>, length: usize) -> Result<ArrayBuffer<'_>> {
    buffer(&ctx, random::bytes(length))
}

/// A random UUID (RFC 9562, version 4).
fn random_uuid() -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut bytes = [0; 16];
    random::fill(&mut bytes);
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push(char::from(HEX[usize::from(byte >> 4)]));
        text.push(char::from(HEX[usize::from(byte & 15)]));
    }
    text
}

/// Whether two arrays of one length are equal, in a time that does not depend on where they differ.
fn equal<'js>(left: Bytes<'js>, right: Bytes<'js>) -> bool {
    left.as_slice().ct_eq(right.as_slice()).into()
}

const EXPORTS: [&str; 11] = [
    "hash",
    "hmac",
    "digest",
    "mac",
    "pbkdf2",
    "scrypt",
    "hkdf",
    "randomFill",
    "randomBytes",
    "randomUUID",
    "equal",
];

pub struct CryptoModule;

impl ModuleDef for CryptoModule {
    fn declare(declarations: &Declarations<'_>) -> Result<()> {
        EXPORTS.iter().try_for_each(|name| declarations.declare(*name).map(drop))
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("hash", Func::from(hash))?;
        exports.export("hmac", Func::from(hmac))?;
        exports.export("digest", Func::from(digest))?;
        exports.export("mac", Func::from(mac))?;
        exports.export("pbkdf2", Func::from(pbkdf2))?;
        exports.export("scrypt", Func::from(scrypt))?;
        exports.export("hkdf", Func::from(hkdf))?;
        exports.export("randomFill", Func::from(random_fill))?;
        exports.export("randomBytes", Func::from(random_bytes))?;
        exports.export("randomUUID", Func::from(random_uuid))?;
        exports.export("equal", Func::from(equal)).map(drop)
    }
}
