//! The bytecode file: a header that says which engine it is for, then QuickJS's bytes.
//!
//! | bytes | content |
//! | --- | --- |
//! | 8 | `LACONIC\0` |
//! | 4 | format version |
//! | 4 | length of the stamp |
//! | 8 | length of the code |
//! | 4 | low half of the XXH64 of stamp and code |
//! | 4 | length of the table of positions |
//! | 4 | length of the console's code |
//! | 4 | low half of the XXH64 of the console's code |
//! | … | stamp, code, table, console's code |
//!
//! Numbers are little-endian. The first checksum leaves out what few requests need, so that its pages
//! are not read before: a damaged table explains nothing and does no harm, and the console's code is
//! checked when it is wanted. QuickJS trusts its bytecode blindly, so nothing may reach it that was
//! not written whole by this very engine.

use core::hash::Hasher;

use twox_hash::XxHash64;

use crate::failure::{Failure, Status};

/// This engine's version and a hash over all that it was built from, e.g. `0.1.0+1c2d3e4f`.
pub const STAMP: &str = env!("LACONIC_STAMP");

const MAGIC: &[u8; 8] = b"LACONIC\0";
const FORMAT: u32 = 2;
const HEADER: usize = 40;

/// What a bytecode file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The app's module.
    pub code: &'a [u8],
    /// Where positions in it come from; may be empty.
    pub table: &'a [u8],
    /// The module that formats what the console prints; may be empty.
    pub console: Checked<'a>,
}

/// Code that has not been looked at yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked<'a> {
    code: &'a [u8],
    checksum: u32,
}

impl<'a> Checked<'a> {
    pub fn new(code: &'a [u8]) -> Checked<'a> {
        Checked { code, checksum: checksum(b"", code) }
    }

    /// The code, when there is any and it is whole.
    pub fn open(self) -> Option<&'a [u8]> {
        (!self.code.is_empty() && checksum(b"", self.code) == self.checksum).then_some(self.code)
    }
}

/// The parts with their header.
pub fn seal(parts: Parts<'_>) -> Vec<u8> {
    let Parts { code, table, console } = parts;
    let length = HEADER + STAMP.len() + code.len() + table.len() + console.code.len();
    let mut sealed = Vec::with_capacity(length);
    sealed.extend_from_slice(MAGIC);
    sealed.extend_from_slice(&FORMAT.to_le_bytes());
    sealed.extend_from_slice(&(STAMP.len() as u32).to_le_bytes());
    sealed.extend_from_slice(&(code.len() as u64).to_le_bytes());
    sealed.extend_from_slice(&checksum(STAMP.as_bytes(), code).to_le_bytes());
    sealed.extend_from_slice(&(table.len() as u32).to_le_bytes());
    sealed.extend_from_slice(&(console.code.len() as u32).to_le_bytes());
    sealed.extend_from_slice(&console.checksum.to_le_bytes());
    sealed.extend_from_slice(STAMP.as_bytes());
    sealed.extend_from_slice(code);
    sealed.extend_from_slice(table);
    sealed.extend_from_slice(console.code);
    sealed
}

/// The content of `sealed`, when it is whole and this engine's own.
pub fn open(sealed: &[u8]) -> Result<Parts<'_>, Failure> {
    if sealed.len() < HEADER || &sealed[..8] != MAGIC {
        return Err(damaged("it does not begin as Laconic bytecode does"));
    }
    let format = u32::from_le_bytes(take(sealed, 8));
    if format != FORMAT {
        return Err(mismatch(&format!("in format {format}"), &format!("format {FORMAT}")));
    }
    let stamp_length = u32::from_le_bytes(take(sealed, 12)) as usize;
    let code_length = usize::try_from(u64::from_le_bytes(take(sealed, 16))).unwrap_or(usize::MAX);
    let table_length = u32::from_le_bytes(take(sealed, 28)) as usize;
    let console_length = u32::from_le_bytes(take(sealed, 32)) as usize;
    let rest = &sealed[HEADER..];
    let lengths = [stamp_length, code_length, table_length, console_length];
    let length = lengths.into_iter().fold(0, usize::saturating_add);
    if length != rest.len() {
        return Err(damaged(&format!(
            "it is {} bytes long and its header says {}",
            sealed.len(),
            HEADER.saturating_add(length)
        )));
    }
    let (stamp, rest) = rest.split_at(stamp_length);
    let (code, rest) = rest.split_at(code_length);
    let (table, console) = rest.split_at(table_length);
    // The stamp first: when it differs, that is the cause worth naming.
    if stamp != STAMP.as_bytes() {
        return Err(mismatch(&format!("for engine {}", String::from_utf8_lossy(stamp)), STAMP));
    }
    if checksum(stamp, code) != u32::from_le_bytes(take(sealed, 24)) {
        return Err(damaged("its checksum does not match"));
    }
    let console = Checked { code: console, checksum: u32::from_le_bytes(take(sealed, 36)) };
    Ok(Parts { code, table, console })
}

fn take<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut taken = [0; N];
    taken.copy_from_slice(&bytes[at..at + N]);
    taken
}

fn checksum(stamp: &[u8], code: &[u8]) -> u32 {
    // One that asks the processor for its features first would take as long for that as for all the rest:
    // the question is answered by the hypervisor.
    let mut hasher = XxHash64::with_seed(0);
    hasher.write(stamp);
    hasher.write(code);
    hasher.finish() as u32
}

fn mismatch(found: &str, expected: &str) -> Failure {
    Failure::new(
        Status::BadBytecode,
        "EngineMismatch",
        format!(
            "The app's bytecode is {found}, and this engine is {expected}. Rebuild the app with `npx @laconic/cli build`."
        ),
    )
}

fn damaged(how: &str) -> Failure {
    Failure::new(
        Status::BadBytecode,
        "BytecodeDamaged",
        format!("The app's bytecode is damaged: {how}. Rebuild the app with `npx @laconic/cli build`."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed() -> Vec<u8> {
        let console = Checked::new(b"console");
        seal(Parts { code: b"some code that matters", table: b"table", console })
    }

    #[test]
    fn damaged_code_of_the_console_is_not_used() {
        let mut damaged = sealed();
        assert_eq!(open(&damaged).unwrap().console.open(), Some(&b"console"[..]));
        *damaged.last_mut().unwrap() ^= 1;
        assert_eq!(open(&damaged).unwrap().console.open(), None);
        assert_eq!(Checked::new(b"").open(), None);
    }

    #[test]
    fn what_was_sealed_can_be_opened() {
        let table = &b"table"[..];
        for (code, table, console) in
            [(&b"code"[..], table, &b"console"[..]), (b"code", b"", b""), (b"", b"", b"")]
        {
            let parts = Parts { code, table, console: Checked::new(console) };
            assert_eq!(open(&seal(parts)).unwrap(), parts);
        }
    }

    #[test]
    fn every_truncation_is_refused() {
        let sealed = sealed();
        for length in 0..sealed.len() {
            assert_eq!(open(&sealed[..length]).unwrap_err().status, Status::BadBytecode, "{length} bytes");
        }
    }

    #[test]
    fn every_flipped_bit_that_matters_is_refused() {
        let sealed = sealed();
        for at in (0..36).chain(HEADER..sealed.len() - b"tableconsole".len()) {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(open(&damaged).is_err(), "byte {at}");
        }
    }

    #[test]
    fn another_engine_is_named_beside_this_one() {
        let mut other = sealed();
        other[HEADER] = b'9';
        let message = open(&other).unwrap_err().message;
        assert!(message.contains(&format!("9{}", &STAMP[1..])) && message.contains(STAMP), "{message}");
    }
}
