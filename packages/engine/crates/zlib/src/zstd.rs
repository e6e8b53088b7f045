//! Zstandard (RFC 8878), both ways, by the reference library: the release that Node 22 has too.

use std::ffi::CStr;
use std::ptr::NonNull;

use zstd_sys::{
    ZSTD_CCtx, ZSTD_CCtx_loadDictionary, ZSTD_CCtx_reset, ZSTD_CCtx_setParameter,
    ZSTD_CCtx_setPledgedSrcSize, ZSTD_DCtx, ZSTD_DCtx_loadDictionary, ZSTD_DCtx_reset,
    ZSTD_DCtx_setParameter, ZSTD_EndDirective, ZSTD_ResetDirective, ZSTD_cParameter, ZSTD_compressStream2,
    ZSTD_createCCtx, ZSTD_createDCtx, ZSTD_dParameter, ZSTD_decompressStream, ZSTD_freeCCtx, ZSTD_freeDCtx,
    ZSTD_getErrorName, ZSTD_inBuffer, ZSTD_isError, ZSTD_outBuffer,
};

use crate::codec::{Codec, Failure};
use crate::deflate::Io;

/// Parameters by number, as in `zlib.constants.ZSTD_c_*` and `ZSTD_d_*`.
pub type Parameters = Vec<(u32, i32)>;

pub struct Compressor {
    context: NonNull<ZSTD_CCtx>,
    pledged_size: Option<u64>,
}

impl Compressor {
    pub fn new(
        parameters: &Parameters,
        pledged_size: Option<u64>,
        dictionary: &[u8],
    ) -> Result<Compressor, Failure> {
        // SAFETY: no arguments; NULL is looked at.
        let context = NonNull::new(unsafe { ZSTD_createCCtx() }).ok_or_else(no_memory)?;
        let compressor = Compressor { context, pledged_size };
        for (number, value) in parameters {
            let parameter = c_parameter(*number).ok_or_else(bad_parameter)?;
            // SAFETY: the context is alive until drop.
            check(unsafe { ZSTD_CCtx_setParameter(context.as_ptr(), parameter, *value) })
                .map_err(|_| bad_parameter())?;
        }
        if !dictionary.is_empty() {
            // SAFETY: the dictionary is readable as said, and the context takes a copy.
            check(unsafe {
                ZSTD_CCtx_loadDictionary(context.as_ptr(), dictionary.as_ptr().cast(), dictionary.len())
            })?;
        }
        compressor.pledge()?;
        Ok(compressor)
    }

    fn pledge(&self) -> Result<(), Failure> {
        let Some(size) = self.pledged_size else { return Ok(()) };
        // SAFETY: the context is alive until drop.
        check(unsafe { ZSTD_CCtx_setPledgedSrcSize(self.context.as_ptr(), size) }).map(drop)
    }
}

impl Drop for Compressor {
    fn drop(&mut self) {
        // SAFETY: made by `new`, freed once.
        unsafe { ZSTD_freeCCtx(self.context.as_ptr()) };
    }
}

impl Codec for Compressor {
    fn write(&mut self, io: &mut Io<'_>, flush: i32) -> Result<(), Failure> {
        let directive = match flush {
            0 => ZSTD_EndDirective::ZSTD_e_continue,
            1 => ZSTD_EndDirective::ZSTD_e_flush,
            _ => ZSTD_EndDirective::ZSTD_e_end,
        };
        with_buffers(io, |output, input| {
            // SAFETY: the buffers describe the slices of `io`, and the context is alive.
            unsafe { ZSTD_compressStream2(self.context.as_ptr(), output, input, directive) }
        })
    }

    fn reset(&mut self) -> Result<(), Failure> {
        // SAFETY: the context is alive until drop.
        check(unsafe {
            ZSTD_CCtx_reset(self.context.as_ptr(), ZSTD_ResetDirective::ZSTD_reset_session_only)
        })?;
        self.pledge()
    }
}

pub struct Decompressor {
    context: NonNull<ZSTD_DCtx>,
}

impl Decompressor {
    pub fn new(parameters: &Parameters, dictionary: &[u8]) -> Result<Decompressor, Failure> {
        // SAFETY: no arguments; NULL is looked at.
        let context = NonNull::new(unsafe { ZSTD_createDCtx() }).ok_or_else(no_memory)?;
        let decompressor = Decompressor { context };
        for (number, value) in parameters {
            if *number != ZSTD_dParameter::ZSTD_d_windowLogMax as u32 {
                return Err(bad_parameter());
            }
            // SAFETY: the context is alive until drop.
            check(unsafe {
                ZSTD_DCtx_setParameter(context.as_ptr(), ZSTD_dParameter::ZSTD_d_windowLogMax, *value)
            })
            .map_err(|_| bad_parameter())?;
        }
        if !dictionary.is_empty() {
            // SAFETY: the dictionary is readable as said, and the context takes a copy.
            check(unsafe {
                ZSTD_DCtx_loadDictionary(context.as_ptr(), dictionary.as_ptr().cast(), dictionary.len())
            })?;
        }
        Ok(decompressor)
    }
}

impl Drop for Decompressor {
    fn drop(&mut self) {
        // SAFETY: made by `new`, freed once.
        unsafe { ZSTD_freeDCtx(self.context.as_ptr()) };
    }
}

impl Codec for Decompressor {
    fn write(&mut self, io: &mut Io<'_>, _flush: i32) -> Result<(), Failure> {
        with_buffers(io, |output, input| {
            // SAFETY: the buffers describe the slices of `io`, and the context is alive.
            unsafe { ZSTD_decompressStream(self.context.as_ptr(), output, input) }
        })
    }

    fn reset(&mut self) -> Result<(), Failure> {
        // SAFETY: the context is alive until drop.
        check(unsafe { ZSTD_DCtx_reset(self.context.as_ptr(), ZSTD_ResetDirective::ZSTD_reset_session_only) })
            .map(drop)
    }
}

/// Calls with zstd's views of the input and output that are left, and notes how far they were used.
fn with_buffers(
    io: &mut Io<'_>,
    call: impl FnOnce(&mut ZSTD_outBuffer, &mut ZSTD_inBuffer) -> usize,
) -> Result<(), Failure> {
    let mut input = ZSTD_inBuffer { src: io.input.as_ptr().cast(), size: io.input.len(), pos: io.consumed };
    let mut output =
        ZSTD_outBuffer { dst: io.output.as_mut_ptr().cast(), size: io.output.len(), pos: io.produced };
    let result = call(&mut output, &mut input);
    io.consumed = input.pos;
    io.produced = output.pos;
    check(result).map(drop)
}

fn check(result: usize) -> Result<usize, Failure> {
    // SAFETY: takes any number.
    if unsafe { ZSTD_isError(result) } == 0 {
        return Ok(result);
    }
    // SAFETY: takes any number, and returns a string that is always there.
    let message = unsafe { CStr::from_ptr(ZSTD_getErrorName(result)) }.to_string_lossy();
    let number = result.wrapping_neg() as i32;
    Err(Failure::new(&message, error_code(number), number))
}

fn no_memory() -> Failure {
    Failure::new("Could not initialize zstd instance", "ERR_ZLIB_INITIALIZATION_FAILED", -1)
}

fn bad_parameter() -> Failure {
    Failure::new("Setting parameter failed", "ERR_ZSTD_PARAM_SET_FAILED", -1)
}

fn c_parameter(number: u32) -> Option<ZSTD_cParameter> {
    use ZSTD_cParameter::*;
    [
        ZSTD_c_compressionLevel,
        ZSTD_c_windowLog,
        ZSTD_c_hashLog,
        ZSTD_c_chainLog,
        ZSTD_c_searchLog,
        ZSTD_c_minMatch,
        ZSTD_c_targetLength,
        ZSTD_c_strategy,
        ZSTD_c_enableLongDistanceMatching,
        ZSTD_c_ldmHashLog,
        ZSTD_c_ldmMinMatch,
        ZSTD_c_ldmBucketSizeLog,
        ZSTD_c_ldmHashRateLog,
        ZSTD_c_contentSizeFlag,
        ZSTD_c_checksumFlag,
        ZSTD_c_dictIDFlag,
        ZSTD_c_nbWorkers,
        ZSTD_c_jobSize,
        ZSTD_c_overlapLog,
    ]
    .into_iter()
    .find(|parameter| *parameter as u32 == number)
}

/// The name of an error in zstd's header, by which Node reports it.
fn error_code(number: i32) -> &'static str {
    match number {
        10 => "ZSTD_error_prefix_unknown",
        12 => "ZSTD_error_version_unsupported",
        14 => "ZSTD_error_frameParameter_unsupported",
        16 => "ZSTD_error_frameParameter_windowTooLarge",
        20 => "ZSTD_error_corruption_detected",
        22 => "ZSTD_error_checksum_wrong",
        24 => "ZSTD_error_literals_headerWrong",
        30 => "ZSTD_error_dictionary_corrupted",
        32 => "ZSTD_error_dictionary_wrong",
        34 => "ZSTD_error_dictionaryCreation_failed",
        40 => "ZSTD_error_parameter_unsupported",
        41 => "ZSTD_error_parameter_combination_unsupported",
        42 => "ZSTD_error_parameter_outOfBound",
        44 => "ZSTD_error_tableLog_tooLarge",
        46 => "ZSTD_error_maxSymbolValue_tooLarge",
        48 => "ZSTD_error_maxSymbolValue_tooSmall",
        50 => "ZSTD_error_stabilityCondition_notRespected",
        60 => "ZSTD_error_stage_wrong",
        62 => "ZSTD_error_init_missing",
        64 => "ZSTD_error_memory_allocation",
        66 => "ZSTD_error_workSpace_tooSmall",
        70 => "ZSTD_error_dstSize_tooSmall",
        72 => "ZSTD_error_srcSize_wrong",
        74 => "ZSTD_error_dstBuffer_null",
        80 => "ZSTD_error_noForwardProgress_destFull",
        82 => "ZSTD_error_noForwardProgress_inputEmpty",
        _ => "ZSTD_error_GENERIC",
    }
}
