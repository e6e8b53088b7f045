//! The bytecode file: a header that says which engine it is for, then QuickJS's bytes.
//!
//! | bytes | content |
//! | --- | --- |
//! | 8 | `LACONIC\0` |
//! | 4 | format version |
//! | 4 | length of the stamp |
//! | 8 | length of the code |
//! | 4 | CRC-32 of stamp and code |
//! | 4 | length of the table of positions |
//! | … | stamp, then code, then table |
//!
//! Numbers are little-endian. The checksum leaves the table out, so that its pages are not read before
//! an error needs them; a damaged table explains nothing and does no harm. QuickJS trusts its bytecode blindly, so nothing may reach it that was
//! not written whole by this very engine.

use crate::failure::{Failure, Status};

/// This engine's version and a hash over all that it was built from, e.g. `0.1.0+1c2d3e4f`.
pub const STAMP: &str = env!("LACONIC_STAMP");

const MAGIC: &[u8; 8] = b"LACONIC\0";
const FORMAT: u32 = 2;
const HEADER: usize = 32;

/// `code` and its table of positions, which may be empty, with their header.
pub fn seal(code: &[u8], table: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(HEADER + STAMP.len() + code.len() + table.len());
    sealed.extend_from_slice(MAGIC);
    sealed.extend_from_slice(&FORMAT.to_le_bytes());
    sealed.extend_from_slice(&(STAMP.len() as u32).to_le_bytes());
    sealed.extend_from_slice(&(code.len() as u64).to_le_bytes());
    sealed.extend_from_slice(&checksum(STAMP.as_bytes(), code).to_le_bytes());
    sealed.extend_from_slice(&(table.len() as u32).to_le_bytes());
    sealed.extend_from_slice(STAMP.as_bytes());
    sealed.extend_from_slice(code);
    sealed.extend_from_slice(table);
    sealed
}

/// What a bytecode file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened<'a> {
    pub code: &'a [u8],
    pub table: &'a [u8],
}

/// The content of `sealed`, when it is whole and this engine's own.
pub fn open(sealed: &[u8]) -> Result<Opened<'_>, Failure> {
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
    let rest = &sealed[HEADER..];
    let length = stamp_length.saturating_add(code_length).saturating_add(table_length);
    if length != rest.len() {
        return Err(damaged(&format!(
            "it is {} bytes long and its header says {}",
            sealed.len(),
            HEADER.saturating_add(length)
        )));
    }
    let (stamp, rest) = rest.split_at(stamp_length);
    let (code, table) = rest.split_at(code_length);
    // The stamp first: when it differs, that is the cause worth naming.
    if stamp != STAMP.as_bytes() {
        return Err(mismatch(&format!("for engine {}", String::from_utf8_lossy(stamp)), STAMP));
    }
    if checksum(stamp, code) != u32::from_le_bytes(take(sealed, 24)) {
        return Err(damaged("its checksum does not match"));
    }
    Ok(Opened { code, table })
}

fn take<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut taken = [0; N];
    taken.copy_from_slice(&bytes[at..at + N]);
    taken
}

fn checksum(stamp: &[u8], code: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(stamp);
    hasher.update(code);
    hasher.finalize()
}

fn mismatch(found: &str, expected: &str) -> Failure {
    Failure::new(
        Status::BadBytecode,
        "EngineMismatch",
        format!(
            "The app's bytecode is {found}, and this engine is {expected}. Rebuild the app with `laconic build`."
        ),
    )
}

fn damaged(how: &str) -> Failure {
    Failure::new(
        Status::BadBytecode,
        "BytecodeDamaged",
        format!("The app's bytecode is damaged: {how}. Rebuild the app with `laconic build`."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_can_be_opened() {
        for (code, table) in [(&b"code"[..], &b"table"[..]), (b"code", b""), (b"", b"")] {
            assert_eq!(open(&seal(code, table)).unwrap(), Opened { code, table });
        }
    }

    #[test]
    fn every_truncation_is_refused() {
        let sealed = seal(b"some code that matters", b"table");
        for length in 0..sealed.len() {
            assert_eq!(open(&sealed[..length]).unwrap_err().status, Status::BadBytecode, "{length} bytes");
        }
    }

    #[test]
    fn every_flipped_bit_that_matters_is_refused() {
        let sealed = seal(b"some code that matters", b"table");
        for at in 0..sealed.len() - b"table".len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(open(&damaged).is_err(), "byte {at}");
        }
    }

    #[test]
    fn another_engine_is_named_beside_this_one() {
        let mut other = seal(b"code", b"");
        other[HEADER] = b'9';
        let message = open(&other).unwrap_err().message;
        assert!(message.contains(&format!("9{}", &STAMP[1..])) && message.contains(STAMP), "{message}");
    }
}
