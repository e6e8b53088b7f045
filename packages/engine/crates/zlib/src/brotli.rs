//! Brotli (RFC 7932), both ways, by the reference library: its Rust translation compresses to other
//! bytes.

use std::alloc::{GlobalAlloc, Layout};
use std::ffi::{CStr, c_void};
use std::ptr::{self, NonNull};

use compu_brotli_sys::{
    BrotliDecoderCreateInstance, BrotliDecoderDecompressStream, BrotliDecoderDestroyInstance,
    BrotliDecoderErrorString, BrotliDecoderGetErrorCode, BrotliDecoderResult_BROTLI_DECODER_RESULT_ERROR,
    BrotliDecoderResult_BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT, BrotliDecoderSetParameter,
    BrotliDecoderState, BrotliEncoderCompressStream, BrotliEncoderCreateInstance,
    BrotliEncoderDestroyInstance, BrotliEncoderSetParameter, BrotliEncoderState,
};
use laconic_arena::Arena;

use crate::code::Code;
use crate::codec::{Codec, Failure};
use crate::deflate::Io;

/// C for "no".
const BROTLI_FALSE: i32 = 0;

/// The operation that ends a stream.
const FINISH: i32 = 2;

/// Parameters by number, as in `zlib.constants.BROTLI_PARAM_*` and `BROTLI_DECODER_PARAM_*`.
pub type Parameters = Vec<(u32, u32)>;

pub struct Compressor {
    state: NonNull<BrotliEncoderState>,
    parameters: Parameters,
}

impl Compressor {
    pub fn new(parameters: Parameters) -> Result<Compressor, Failure> {
        // SAFETY: the functions allocate and free as the library asks; NULL is looked at.
        let state = unsafe { BrotliEncoderCreateInstance(Some(allocate), Some(free), ptr::null_mut()) };
        let state = NonNull::new(state).ok_or_else(no_memory)?;
        let compressor = Compressor { state, parameters };
        for (number, value) in &compressor.parameters {
            // SAFETY: the state is alive until drop; unknown numbers are refused.
            if unsafe { BrotliEncoderSetParameter(state.as_ptr(), *number as i32, *value) } == BROTLI_FALSE {
                return Err(bad_parameter());
            }
        }
        Ok(compressor)
    }
}

impl Drop for Compressor {
    fn drop(&mut self) {
        // SAFETY: made by `new`, destroyed once.
        unsafe { BrotliEncoderDestroyInstance(self.state.as_ptr()) }
    }
}

impl Codec for Compressor {
    fn write(&mut self, io: &mut Io<'_>, flush: i32) -> Result<(), Failure> {
        let is_fine = with_cursors(io, |cursors| {
            // SAFETY: the cursors describe the slices of `io`, and the state is alive.
            unsafe {
                BrotliEncoderCompressStream(
                    self.state.as_ptr(),
                    flush,
                    &mut cursors.available_in,
                    &mut cursors.next_in,
                    &mut cursors.available_out,
                    &mut cursors.next_out,
                    ptr::null_mut(),
                )
            }
        });
        if is_fine != BROTLI_FALSE {
            return Ok(());
        }
        Err(Failure::new("Compression failed", "ERR_BROTLI_COMPRESSION_FAILED", -1))
    }

    fn reset(&mut self) -> Result<(), Failure> {
        *self = Compressor::new(std::mem::take(&mut self.parameters))?;
        Ok(())
    }
}

pub struct Decompressor {
    state: NonNull<BrotliDecoderState>,
    parameters: Parameters,
}

impl Decompressor {
    pub fn new(parameters: Parameters) -> Result<Decompressor, Failure> {
        // SAFETY: the functions allocate and free as the library asks; NULL is looked at.
        let state = unsafe { BrotliDecoderCreateInstance(Some(allocate), Some(free), ptr::null_mut()) };
        let state = NonNull::new(state).ok_or_else(no_memory)?;
        let decompressor = Decompressor { state, parameters };
        for (number, value) in &decompressor.parameters {
            // SAFETY: the state is alive until drop; unknown numbers are refused.
            if unsafe { BrotliDecoderSetParameter(state.as_ptr(), *number as i32, *value) } == BROTLI_FALSE {
                return Err(bad_parameter());
            }
        }
        Ok(decompressor)
    }

    fn failure(&self) -> Failure {
        // SAFETY: the state is alive, and the string is always there.
        let (number, name) = unsafe {
            let number = BrotliDecoderGetErrorCode(self.state.as_ptr());
            (number, CStr::from_ptr(BrotliDecoderErrorString(number)).to_string_lossy())
        };
        // Node puts this in front of the library's name, whatever that begins with.
        Failure::new("Decompression failed", &format!("ERR_{name}"), number)
    }
}

impl Drop for Decompressor {
    fn drop(&mut self) {
        // SAFETY: made by `new`, destroyed once.
        unsafe { BrotliDecoderDestroyInstance(self.state.as_ptr()) }
    }
}

impl Codec for Decompressor {
    fn write(&mut self, io: &mut Io<'_>, flush: i32) -> Result<(), Failure> {
        let result = with_cursors(io, |cursors| {
            // SAFETY: the cursors describe the slices of `io`, and the state is alive.
            unsafe {
                BrotliDecoderDecompressStream(
                    self.state.as_ptr(),
                    &mut cursors.available_in,
                    &mut cursors.next_in,
                    &mut cursors.available_out,
                    &mut cursors.next_out,
                    ptr::null_mut(),
                )
            }
        });
        if result == BrotliDecoderResult_BROTLI_DECODER_RESULT_ERROR {
            return Err(self.failure());
        }
        if flush == FINISH && result == BrotliDecoderResult_BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT {
            let (code, errno) = Code::BufError.describe();
            return Err(Failure::new("unexpected end of file", code, errno));
        }
        Ok(())
    }

    fn reset(&mut self) -> Result<(), Failure> {
        *self = Decompressor::new(std::mem::take(&mut self.parameters))?;
        Ok(())
    }
}

/// The library's view of the input and output that are left.
struct Cursors {
    available_in: usize,
    next_in: *const u8,
    available_out: usize,
    next_out: *mut u8,
}

/// Calls with cursors, and notes how far they went.
fn with_cursors<R>(io: &mut Io<'_>, call: impl FnOnce(&mut Cursors) -> R) -> R {
    let mut cursors = Cursors {
        available_in: io.available_input(),
        next_in: io.input[io.consumed..].as_ptr(),
        available_out: io.available_output(),
        next_out: io.output[io.produced..].as_mut_ptr(),
    };
    let result = call(&mut cursors);
    io.consumed = io.input.len() - cursors.available_in;
    io.produced = io.output.len() - cursors.available_out;
    result
}

fn no_memory() -> Failure {
    Failure::new("Could not initialize Brotli instance", "ERR_ZLIB_INITIALIZATION_FAILED", -1)
}

fn bad_parameter() -> Failure {
    Failure::new("Setting parameter failed", "ERR_BROTLI_PARAM_SET_FAILED", -1)
}

/// What C code expects of an allocator.
const ALIGNMENT: usize = 16;

extern "C" fn allocate(_: *mut c_void, size: usize) -> *mut c_void {
    let Ok(layout) = Layout::from_size_align(size.max(1), ALIGNMENT) else { return ptr::null_mut() };
    // SAFETY: the layout is not empty.
    unsafe { Arena.alloc(layout) }.cast()
}

extern "C" fn free(_: *mut c_void, block: *mut c_void) {
    if !block.is_null() {
        // SAFETY: the library frees what it got from `allocate`, once; the arena knows a block's size by itself.
        unsafe { Arena.dealloc(block.cast(), Layout::new::<u8>()) }
    }
}
