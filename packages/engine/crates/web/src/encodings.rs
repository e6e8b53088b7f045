//! `laconic:encodings`: text in the encodings that the web had before UTF-8.

use encoding_rs::{Decoder as State, DecoderResult, Encoding};
use rquickjs::class::Trace;
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::Func;
use rquickjs::{Class, Ctx, Exception, JsLifetime, Result, TypedArray};

pub struct EncodingsModule;

impl ModuleDef for EncodingsModule {
    fn declare(declare: &Declarations<'_>) -> Result<()> {
        declare.declare("encodingOf")?;
        declare.declare("Decoder")?;
        Ok(())
    }

    fn evaluate<'js>(ctx: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("encodingOf", Func::from(encoding_of))?;
        let decoder = Class::<Decoder>::create_constructor(ctx)?
            .ok_or_else(|| Exception::throw_internal(ctx, "the decoder has no constructor"))?;
        exports.export("Decoder", decoder)?;
        Ok(())
    }
}

/// The encoding's name, in lower case, for one of its labels.
fn encoding_of(label: String) -> Option<String> {
    Encoding::for_label_no_replacement(label.as_bytes()).map(|encoding| encoding.name().to_ascii_lowercase())
}

/// A text that comes piece by piece.
#[derive(Trace, JsLifetime)]
#[rquickjs::class]
pub struct Decoder {
    #[qjs(skip_trace)]
    state: Opaque,
    is_fatal: bool,
}

/// Holds nothing of JavaScript's.
struct Opaque(State);

// SAFETY: there is no lifetime in it.
unsafe impl<'js> JsLifetime<'js> for Opaque {
    type Changed<'to> = Opaque;
}

#[rquickjs::methods(rename_all = "camelCase")]
impl Decoder {
    #[qjs(constructor)]
    pub fn new(ctx: Ctx<'_>, label: String, is_fatal: bool) -> Result<Decoder> {
        let encoding = Encoding::for_label_no_replacement(label.as_bytes())
            .ok_or_else(|| Exception::throw_range(&ctx, &format!("there is no encoding \"{label}\"")))?;
        Ok(Decoder { state: Opaque(encoding.new_decoder_without_bom_handling()), is_fatal })
    }

    /// The text that the bytes complete; undefined when they are wrong and that is fatal.
    pub fn decode<'js>(
        &mut self,
        ctx: Ctx<'js>,
        bytes: TypedArray<'js, u8>,
        is_last: bool,
    ) -> Result<Option<String>> {
        // SAFETY: no JavaScript runs before the text is made.
        let bytes = unsafe { laconic_quickjs::bytes::bytes(&bytes) };
        let state = &mut self.state.0;
        let room = state.max_utf8_buffer_length(bytes.len());
        let room = room.ok_or_else(|| Exception::throw_range(&ctx, "the text is too long"))?;
        let mut text = String::with_capacity(room);
        if !self.is_fatal {
            let _ = state.decode_to_string(bytes, &mut text, is_last);
        } else if let (DecoderResult::Malformed(..), _) =
            state.decode_to_string_without_replacement(bytes, &mut text, is_last)
        {
            return Ok(None);
        }
        Ok(Some(text))
    }
}
