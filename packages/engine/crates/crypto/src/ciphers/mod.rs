//! `laconic:ciphers`: encryption with one key.

mod aead;
mod block;
mod ccm;
mod gcm;
mod modes;
mod poly;
mod wrap;

use rquickjs::class::{Trace, Tracer};
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::{Func, Opt};
use rquickjs::{ArrayBuffer, Class, Ctx, JsLifetime, Result, methods};

use crate::bytes::{Bytes, buffer};
use aead::Aead;
use modes::Mode;

/// A stream being encrypted or decrypted.
///
/// `None` stands for a refusal: padding or a tag that does not match, input in pieces where there
/// may be one only.
pub trait Cipher {
    fn update(&mut self, data: &[u8]) -> Option<Vec<u8>>;
    fn finish(&mut self) -> Option<Vec<u8>>;
    fn set_padding(&mut self, _is_on: bool) {}
    /// Data that is authenticated only; `length` of the text where the mode has to know.
    fn set_aad(&mut self, _data: &[u8], _length: Option<usize>) -> bool {
        false
    }
    /// The tag to expect when decrypting.
    fn set_tag(&mut self, _tag: &[u8]) {}
    /// The tag after encrypting.
    fn tag(&self) -> Option<Vec<u8>> {
        None
    }
}

/// A cipher in JavaScript's hands.
#[rquickjs::class(rename = "Cipher")]
#[derive(JsLifetime)]
pub struct Handle {
    #[qjs(skip_trace)]
    cipher: State,
}

struct State(Box<dyn Cipher>);

// SAFETY: there is no JavaScript lifetime in it.
unsafe impl<'js> JsLifetime<'js> for State {
    type Changed<'to> = State;
}

impl<'js> Trace<'js> for Handle {
    fn trace<'a>(&self, _: Tracer<'a, 'js>) {}
}

#[methods(rename_all = "camelCase")]
impl Handle {
    fn update<'js>(&mut self, ctx: Ctx<'js>, data: Bytes<'js>) -> Result<Option<ArrayBuffer<'js>>> {
        self.cipher.0.update(data.as_slice()).map(|bytes| buffer(&ctx, bytes)).transpose()
    }

    #[qjs(rename = "final")]
    fn finish<'js>(&mut self, ctx: Ctx<'js>) -> Result<Option<ArrayBuffer<'js>>> {
        self.cipher.0.finish().map(|bytes| buffer(&ctx, bytes)).transpose()
    }

    fn set_padding(&mut self, is_on: bool) {
        self.cipher.0.set_padding(is_on);
    }

    #[qjs(rename = "setAAD")]
    fn set_aad<'js>(&mut self, data: Bytes<'js>, length: Opt<Option<usize>>) -> bool {
        self.cipher.0.set_aad(data.as_slice(), length.0.flatten())
    }

    fn set_tag<'js>(&mut self, tag: Bytes<'js>) {
        self.cipher.0.set_tag(tag.as_slice());
    }

    fn tag<'js>(&self, ctx: Ctx<'js>) -> Result<Option<ArrayBuffer<'js>>> {
        self.cipher.0.tag().map(|bytes| buffer(&ctx, bytes)).transpose()
    }
}

/// A cipher by algorithm (`aes`, `des-ede3`, `chacha20`, `chacha20-poly1305`) and mode; nothing when
/// there is none, or when key or iv have another length than it takes. `tag_length` in bytes.
#[allow(clippy::too_many_arguments, reason = "each is a part of what makes a cipher")]
fn open<'js>(
    ctx: Ctx<'js>,
    algorithm: String,
    mode: String,
    key: Bytes<'js>,
    iv: Bytes<'js>,
    is_encrypting: bool,
    tag_length: usize,
) -> Result<Option<Class<'js, Handle>>> {
    let cipher = find(&algorithm, &mode, key.as_slice(), iv.as_slice(), is_encrypting, tag_length);
    cipher.map(|cipher| Class::instance(ctx, Handle { cipher: State(cipher) })).transpose()
}

pub fn find(
    algorithm: &str,
    mode: &str,
    key: &[u8],
    iv: &[u8],
    is_encrypting: bool,
    tag_length: usize,
) -> Option<Box<dyn Cipher>> {
    match algorithm {
        "chacha20-poly1305" => {
            let cipher = poly::ChaChaPoly::new(key, iv)?;
            return Some(Box::new(Aead::new(cipher, is_encrypting, tag_length)));
        }
        "chacha20" => return Some(Box::new(poly::ChaChaStream::new(key, iv)?)),
        _ => {}
    }
    let block = block::find(algorithm, key)?;
    match mode {
        "gcm" => {
            let cipher = gcm::Gcm::new(block, iv)?;
            Some(Box::new(Aead::new(cipher, is_encrypting, tag_length)))
        }
        "ccm" => Some(Box::new(ccm::Ccm::new(block, iv, is_encrypting, tag_length)?)),
        "wrap" => Some(Box::new(wrap::Wrap::new(block, iv, is_encrypting)?)),
        _ => Some(Box::new(Mode::new(mode, block, iv, is_encrypting)?)),
    }
}

pub struct CiphersModule;

impl ModuleDef for CiphersModule {
    fn declare(declarations: &Declarations<'_>) -> Result<()> {
        declarations.declare("open").map(drop)
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("open", Func::from(open)).map(drop)
    }
}
