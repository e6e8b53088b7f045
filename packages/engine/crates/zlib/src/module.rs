//! The modules as JavaScript sees them.

use laconic_quickjs::bytes::{bytes, copied, writable};
use rquickjs::class::{Trace, Tracer};
use rquickjs::module::{Declarations, Exports, ModuleDef};
use rquickjs::prelude::{Func, Opt};
use rquickjs::{Class, Ctx, Exception, JsLifetime, Object, Result, TypedArray, Value, methods};

use crate::codec::{Codec, Failure};
use crate::deflate::Io;
use crate::{brotli, checksum, zlib, zstd};

/// A codec in JavaScript's hands.
#[derive(JsLifetime)]
#[rquickjs::class(rename = "Codec")]
pub struct Handle {
    #[qjs(skip_trace)]
    codec: Option<BoxedCodec>,
}

/// Holds no JavaScript values.
struct BoxedCodec(Box<dyn Codec>);

// SAFETY: there is no JavaScript lifetime in it.
unsafe impl<'js> JsLifetime<'js> for BoxedCodec {
    type Changed<'to> = BoxedCodec;
}

impl<'js> Trace<'js> for Handle {
    fn trace<'a>(&self, _: Tracer<'a, 'js>) {}
}

#[methods]
impl Handle {
    /// Goes on with the input from `in_offset` on, into the output from `out_offset` on.
    /// `left` gets the room and the input that are left. Returns nothing, or why it failed.
    #[allow(clippy::too_many_arguments, reason = "the signature of Node's binding")]
    fn write<'js>(
        &mut self,
        ctx: Ctx<'js>,
        flush: i32,
        input: TypedArray<'js, u8>,
        in_offset: usize,
        in_length: usize,
        output: TypedArray<'js, u8>,
        out_offset: usize,
        left: TypedArray<'js, u32>,
    ) -> Result<Option<Object<'js>>> {
        // SAFETY: the codec runs no JavaScript; the input is copied when it shares memory with the output, which the
        // codec writes to.
        let (output, whole) = unsafe { (writable(&ctx, &output)?, bytes(&input)) };
        let input = whole.get(in_offset..in_offset + in_length).ok_or_else(|| out_of_range(&ctx))?;
        let output = output.get_mut(out_offset..).ok_or_else(|| out_of_range(&ctx))?;
        let is_shared = input.as_ptr_range().start < output.as_ptr_range().end
            && output.as_ptr_range().start < input.as_ptr_range().end;
        let copy;
        let input = if is_shared {
            copy = input.to_vec();
            &copy
        } else {
            input
        };
        let mut io = Io::new(input, output);
        let codec =
            self.codec.as_mut().ok_or_else(|| Exception::throw_message(&ctx, "the codec is closed"))?;
        let result = codec.0.write(&mut io, flush);
        let (room, rest) = (io.available_output() as u32, io.available_input() as u32);
        left.set(0, room)?;
        left.set(1, rest)?;
        outcome(&ctx, result)
    }

    fn params<'js>(&mut self, ctx: Ctx<'js>, level: i32, strategy: i32) -> Result<Option<Object<'js>>> {
        self.with(&ctx, |codec| codec.set_parameters(level, strategy))
    }

    fn reset<'js>(&mut self, ctx: Ctx<'js>) -> Result<Option<Object<'js>>> {
        self.with(&ctx, |codec| codec.reset())
    }

    fn close(&mut self) {
        self.codec = None;
    }
}

impl Handle {
    fn with<'js>(
        &mut self,
        ctx: &Ctx<'js>,
        act: impl FnOnce(&mut dyn Codec) -> std::result::Result<(), Failure>,
    ) -> Result<Option<Object<'js>>> {
        match &mut self.codec {
            Some(codec) => outcome(ctx, act(codec.0.as_mut())),
            None => Ok(None),
        }
    }
}

fn outcome<'js>(ctx: &Ctx<'js>, result: std::result::Result<(), Failure>) -> Result<Option<Object<'js>>> {
    result.err().map(|failure| describe(ctx, &failure)).transpose()
}

fn describe<'js>(ctx: &Ctx<'js>, failure: &Failure) -> Result<Object<'js>> {
    let object = Object::new(ctx.clone())?;
    object.set("message", failure.message.as_str())?;
    object.set("errno", failure.errno)?;
    object.set("code", failure.code.as_str())?;
    Ok(object)
}

/// A handle, or the description of why there is none.
fn open<'js, C: Codec + 'static>(
    ctx: &Ctx<'js>,
    codec: std::result::Result<C, Failure>,
) -> Result<Value<'js>> {
    open_boxed(ctx, codec.map(|codec| Box::new(codec) as Box<dyn Codec>))
}

fn open_boxed<'js>(
    ctx: &Ctx<'js>,
    codec: std::result::Result<Box<dyn Codec>, Failure>,
) -> Result<Value<'js>> {
    match codec {
        Ok(codec) => {
            Ok(Class::instance(ctx.clone(), Handle { codec: Some(BoxedCodec(codec)) })?.into_value())
        }
        Err(failure) => Ok(describe(ctx, &failure)?.into_value()),
    }
}

fn open_zlib<'js>(
    ctx: Ctx<'js>,
    mode: i32,
    window_bits: i32,
    level: i32,
    memory_level: i32,
    strategy: i32,
    dictionary: Opt<Option<TypedArray<'js, u8>>>,
) -> Result<Value<'js>> {
    let dictionary = dictionary.0.flatten().map(|bytes| copied(&bytes)).unwrap_or_default();
    let parameters = zlib::Parameters { mode, window_bits, level, memory_level, strategy, dictionary };
    open_boxed(&ctx, zlib::open(parameters))
}

fn open_brotli<'js>(ctx: Ctx<'js>, is_compressor: bool, parameters: Vec<f64>) -> Result<Value<'js>> {
    let parameters = pairs(&parameters).map(|(number, value)| (number, value as u32)).collect();
    if is_compressor {
        open(&ctx, brotli::Compressor::new(parameters))
    } else {
        open(&ctx, brotli::Decompressor::new(parameters))
    }
}

fn open_zstd<'js>(
    ctx: Ctx<'js>,
    is_compressor: bool,
    parameters: Vec<f64>,
    pledged_size: Option<f64>,
    dictionary: Opt<Option<TypedArray<'js, u8>>>,
) -> Result<Value<'js>> {
    let dictionary = dictionary.0.flatten().map(|bytes| copied(&bytes)).unwrap_or_default();
    let parameters = pairs(&parameters).map(|(number, value)| (number, value as i32)).collect();
    if is_compressor {
        let pledged_size = pledged_size.map(|size| size as u64);
        open(&ctx, zstd::Compressor::new(&parameters, pledged_size, &dictionary))
    } else {
        open(&ctx, zstd::Decompressor::new(&parameters, &dictionary))
    }
}

/// Numbers and values, which come one after the other.
fn pairs(parameters: &[f64]) -> impl Iterator<Item = (u32, f64)> {
    parameters.as_chunks::<2>().0.iter().map(|[number, value]| (*number as u32, *value))
}

fn crc32(array: TypedArray<'_, u8>, value: u32) -> Result<f64> {
    // SAFETY: summing up runs no JavaScript.
    let bytes = unsafe { laconic_quickjs::bytes::bytes(&array) };
    Ok(f64::from(checksum::crc32(value, bytes)))
}

fn out_of_range(ctx: &Ctx<'_>) -> rquickjs::Error {
    Exception::throw_range(ctx, "the offset is out of range")
}

/// `laconic:zlib`: `open(mode, windowBits, level, memLevel, strategy, dictionary)`, `crc32(bytes, value)`.
pub struct ZlibModule;

impl ModuleDef for ZlibModule {
    fn declare(declarations: &Declarations<'_>) -> Result<()> {
        declarations.declare("open")?;
        declarations.declare("crc32").map(drop)
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("open", Func::from(open_zlib))?;
        exports.export("crc32", Func::from(crc32)).map(drop)
    }
}

/// `laconic:brotli`: `open(isCompressor, parameters)`.
pub struct BrotliModule;

impl ModuleDef for BrotliModule {
    fn declare(declarations: &Declarations<'_>) -> Result<()> {
        declarations.declare("open").map(drop)
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("open", Func::from(open_brotli)).map(drop)
    }
}

/// `laconic:zstd`: `open(isCompressor, parameters, pledgedSize, dictionary)`.
pub struct ZstdModule;

impl ModuleDef for ZstdModule {
    fn declare(declarations: &Declarations<'_>) -> Result<()> {
        declarations.declare("open").map(drop)
    }

    fn evaluate<'js>(_: &Ctx<'js>, exports: &Exports<'js>) -> Result<()> {
        exports.export("open", Func::from(open_zstd)).map(drop)
    }
}
