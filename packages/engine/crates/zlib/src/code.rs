//! zlib's return codes.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Code {
    Ok,
    StreamEnd,
    NeedDictionary,
    StreamError,
    DataError,
    MemoryError,
    BufError,
}

impl Code {
    /// Name and number, as they are in the errors of `node:zlib`.
    pub fn describe(self) -> (&'static str, i32) {
        match self {
            Code::Ok => ("Z_OK", 0),
            Code::StreamEnd => ("Z_STREAM_END", 1),
            Code::NeedDictionary => ("Z_NEED_DICT", 2),
            Code::StreamError => ("Z_STREAM_ERROR", -2),
            Code::DataError => ("Z_DATA_ERROR", -3),
            Code::MemoryError => ("Z_MEM_ERROR", -4),
            Code::BufError => ("Z_BUF_ERROR", -5),
        }
    }
}
