//! DEFLATE in its three wrappers, both ways.

use zlib_rs::{Inflate, InflateError, InflateFlush, Status};

use crate::code::Code;
use crate::codec::{Codec, Failure};
use crate::deflate::{Deflate, Io, Wrapper, flush};

/// Which codec; the numbers are those of `node:zlib`'s own binding.
pub mod mode {
    pub const DEFLATE: i32 = 1;
    pub const INFLATE: i32 = 2;
    pub const GZIP: i32 = 3;
    pub const GUNZIP: i32 = 4;
    pub const DEFLATE_RAW: i32 = 5;
    pub const INFLATE_RAW: i32 = 6;
}

pub struct Parameters {
    pub mode: i32,
    pub window_bits: i32,
    pub level: i32,
    pub memory_level: i32,
    pub strategy: i32,
    pub dictionary: Vec<u8>,
}

/// The codec that the parameters describe.
pub fn open(parameters: Parameters) -> Result<Box<dyn Codec>, Failure> {
    match parameters.mode {
        mode::DEFLATE | mode::GZIP | mode::DEFLATE_RAW => Ok(Box::new(Compressor::new(parameters)?)),
        _ => Ok(Box::new(Decompressor::new(parameters)?)),
    }
}

fn failure(message: &str, code: Code) -> Failure {
    let (name, errno) = code.describe();
    Failure::new(message, name, errno)
}

struct Compressor {
    deflate: Deflate,
    dictionary: Vec<u8>,
}

impl Compressor {
    fn new(parameters: Parameters) -> Result<Compressor, Failure> {
        let Parameters { mode, window_bits, level, memory_level, strategy, dictionary } = parameters;
        let wrapper = match mode {
            mode::DEFLATE => Wrapper::Zlib,
            mode::GZIP => Wrapper::Gzip,
            _ => Wrapper::Raw,
        };
        let deflate = Deflate::new(wrapper, level, window_bits, memory_level, strategy)
            .map_err(|code| failure("Init error", code))?;
        let mut compressor = Compressor { deflate, dictionary };
        compressor.set_dictionary()?;
        Ok(compressor)
    }

    fn set_dictionary(&mut self) -> Result<(), Failure> {
        if self.dictionary.is_empty() {
            return Ok(());
        }
        match self.deflate.set_dictionary(&self.dictionary) {
            Code::Ok => Ok(()),
            code => Err(failure("Failed to set dictionary", code)),
        }
    }
}

impl Codec for Compressor {
    fn write(&mut self, io: &mut Io<'_>, flush: i32) -> Result<(), Failure> {
        let code = self.deflate.deflate(io, flush);
        check(code, io, flush, None, &self.dictionary)
    }

    fn reset(&mut self) -> Result<(), Failure> {
        self.deflate.reset();
        self.set_dictionary()
    }

    fn set_parameters(&mut self, level: i32, strategy: i32) -> Result<(), Failure> {
        match self.deflate.set_parameters(level, strategy) {
            Code::Ok | Code::BufError => Ok(()),
            code => Err(failure("Failed to set parameters", code)),
        }
    }
}

/// What a decompressor takes the input for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Zlib,
    Gzip,
    Raw,
    /// Gzip when it begins like that, else zlib.
    Unknown,
}

/// The first bytes of a gzip stream.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

struct Decompressor {
    inflate: Inflate,
    format: Format,
    is_detecting: bool,
    magic_seen: usize,
    window_bits: i32,
    dictionary: Vec<u8>,
}

impl Decompressor {
    fn new(parameters: Parameters) -> Result<Decompressor, Failure> {
        let Parameters { mode, window_bits, dictionary, .. } = parameters;
        let format = match mode {
            mode::INFLATE => Format::Zlib,
            mode::GUNZIP => Format::Gzip,
            mode::INFLATE_RAW => Format::Raw,
            _ => Format::Unknown,
        };
        if !((8..=15).contains(&window_bits) || window_bits == 0 && format != Format::Raw) {
            return Err(failure("Init error", Code::StreamError));
        }
        let mut decompressor = Decompressor {
            inflate: inflater(format, window_bits),
            format,
            is_detecting: format == Format::Unknown,
            magic_seen: 0,
            window_bits,
            dictionary,
        };
        decompressor.preset_dictionary()?;
        Ok(decompressor)
    }

    /// Raw data does not say that it needs the dictionary.
    fn preset_dictionary(&mut self) -> Result<(), Failure> {
        if self.format != Format::Raw || self.dictionary.is_empty() {
            return Ok(());
        }
        self.inflate
            .set_dictionary(&self.dictionary)
            .map(drop)
            .map_err(|error| failure("Failed to set dictionary", code_of(error)))
    }

    /// Looks at the first bytes, one by one, as they come.
    fn detect(&mut self, input: &[u8]) {
        for byte in input {
            if self.format != Format::Unknown {
                break;
            }
            if *byte != GZIP_MAGIC[self.magic_seen] {
                self.format = Format::Zlib;
            } else if self.magic_seen == 1 {
                self.format = Format::Gzip;
            } else {
                self.magic_seen += 1;
            }
        }
    }

    fn step(&mut self, io: &mut Io<'_>, flush: i32) -> Code {
        let (total_in, total_out) = (self.inflate.total_in(), self.inflate.total_out());
        let flush = if flush == flush::FINISH { InflateFlush::Finish } else { inflate_flush(flush) };
        let (input, output) = (&io.input[io.consumed..], &mut io.output[io.produced..]);
        let result = self.inflate.decompress(input, output, flush);
        io.consumed += (self.inflate.total_in() - total_in) as usize;
        io.produced += (self.inflate.total_out() - total_out) as usize;
        match result {
            Ok(Status::Ok) => Code::Ok,
            Ok(Status::BufError) => Code::BufError,
            Ok(Status::StreamEnd) => Code::StreamEnd,
            Err(error) => code_of(error),
        }
    }

    /// Goes on with the dictionary, when the data asks for one and it is the right one.
    fn with_dictionary(&mut self, io: &mut Io<'_>, flush: i32) -> Code {
        match self.inflate.set_dictionary(&self.dictionary) {
            Ok(_) => self.step(io, flush),
            Err(InflateError::DataError) => Code::NeedDictionary,
            Err(error) => code_of(error),
        }
    }

    fn restart(&mut self) {
        self.inflate = inflater(self.format, self.window_bits);
    }
}

impl Codec for Decompressor {
    fn write(&mut self, io: &mut Io<'_>, flush: i32) -> Result<(), Failure> {
        if self.format == Format::Unknown {
            self.detect(&io.input[io.consumed..]);
        }
        let mut code = self.step(io, flush);
        if self.format != Format::Raw && code == Code::NeedDictionary && !self.dictionary.is_empty() {
            code = self.with_dictionary(io, flush);
        }
        // Gzip files may follow one another; bytes that are zero are padding.
        while self.format == Format::Gzip
            && code == Code::StreamEnd
            && io.input.get(io.consumed).is_some_and(|byte| *byte != 0)
        {
            self.restart();
            code = self.step(io, flush);
        }
        check(code, io, flush, self.inflate.error_message(), &self.dictionary)
    }

    fn reset(&mut self) -> Result<(), Failure> {
        if self.is_detecting {
            self.format = Format::Unknown;
            self.magic_seen = 0;
        }
        self.restart();
        self.preset_dictionary()
    }
}

fn inflater(format: Format, window_bits: i32) -> Inflate {
    let bits = window_bits as u8;
    match format {
        Format::Raw => Inflate::new(false, bits),
        Format::Zlib => Inflate::new(true, bits),
        Format::Gzip => Inflate::new(true, bits + 16),
        Format::Unknown => Inflate::new(true, bits + 32),
    }
}

fn inflate_flush(flush: i32) -> InflateFlush {
    match flush {
        2 => InflateFlush::SyncFlush,
        flush::BLOCK => InflateFlush::Block,
        6 => InflateFlush::Trees,
        _ => InflateFlush::NoFlush,
    }
}

fn code_of(error: InflateError) -> Code {
    match error {
        InflateError::NeedDict { .. } => Code::NeedDictionary,
        InflateError::StreamError => Code::StreamError,
        InflateError::DataError => Code::DataError,
        InflateError::MemError => Code::MemoryError,
    }
}

/// What a code means for a program.
fn check(
    code: Code,
    io: &Io<'_>,
    flush: i32,
    message: Option<&str>,
    dictionary: &[u8],
) -> Result<(), Failure> {
    let fallback = match code {
        Code::Ok | Code::BufError if io.available_output() != 0 && flush == flush::FINISH => {
            return Err(failure("unexpected end of file", Code::BufError));
        }
        Code::Ok | Code::BufError | Code::StreamEnd => return Ok(()),
        Code::NeedDictionary if dictionary.is_empty() => "Missing dictionary",
        Code::NeedDictionary => "Bad dictionary",
        _ => "Zlib error",
    };
    Err(failure(message.unwrap_or(fallback), code))
}
