//! The bytecode file: a header that says which engine it is for, then QuickJS's bytes.
//!
//! | bytes | content |
//! | --- | --- |
//! | 8 | `LACONIC\0` |
//! | 4 | format version |
//! | 4 | length of the stamp |
//! | 8 | length of the code |
//! | 4 | low half of the XXH64 of stamp and code |
//! | 4 | zero |
//! | … | stamp, then code |
//!
//! Numbers are little-endian. QuickJS trusts its bytecode blindly, so nothing may reach it that was
//! not written whole by this very engine.

use core::hash::Hasher;

use twox_hash::XxHash64;

use crate::failure::{Failure, Status};

/// This engine's version and a hash over all that it was built from, e.g. `0.1.0+1c2d3e4f`.
pub const STAMP: &str = env!("LACONIC_STAMP");

const MAGIC: &[u8; 8] = b"LACONIC\0";
const FORMAT: u32 = 1;
const HEADER: usize = 32;

/// `code` with its header.
pub fn seal(code: &[u8]) -> Vec<u8> {
    let mut sealed = Vec::with_capacity(HEADER + STAMP.len() + code.len());
    sealed.extend_from_slice(MAGIC);
    sealed.extend_from_slice(&FORMAT.to_le_bytes());
    sealed.extend_from_slice(&(STAMP.len() as u32).to_le_bytes());
    sealed.extend_from_slice(&(code.len() as u64).to_le_bytes());
    sealed.extend_from_slice(&checksum(STAMP.as_bytes(), code).to_le_bytes());
    sealed.extend_from_slice(&[0; 4]);
    sealed.extend_from_slice(STAMP.as_bytes());
    sealed.extend_from_slice(code);
    sealed
}

/// The code in `sealed`, when it is whole and this engine's own.
pub fn open(sealed: &[u8]) -> Result<&[u8], Failure> {
    if sealed.len() < HEADER || &sealed[..8] != MAGIC {
        return Err(damaged("it does not begin as Laconic bytecode does"));
    }
    let format = u32::from_le_bytes(take(sealed, 8));
    if format != FORMAT {
        return Err(mismatch(&format!("in format {format}"), &format!("format {FORMAT}")));
    }
    let stamp_length = u32::from_le_bytes(take(sealed, 12)) as usize;
    let code_length = usize::try_from(u64::from_le_bytes(take(sealed, 16))).unwrap_or(usize::MAX);
    let rest = &sealed[HEADER..];
    if stamp_length.checked_add(code_length) != Some(rest.len()) {
        return Err(damaged(&format!(
            "it is {} bytes long and its header says {}",
            sealed.len(),
            HEADER.saturating_add(stamp_length).saturating_add(code_length)
        )));
    }
    let (stamp, code) = rest.split_at(stamp_length);
    // The stamp first: when it differs, that is the cause worth naming.
    if stamp != STAMP.as_bytes() {
        return Err(mismatch(&format!("for engine {}", String::from_utf8_lossy(stamp)), STAMP));
    }
    if checksum(stamp, code) != u32::from_le_bytes(take(sealed, 24)) {
        return Err(damaged("its checksum does not match"));
    }
    Ok(code)
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
        assert_eq!(open(&seal(b"code")).unwrap(), b"code");
        assert_eq!(open(&seal(b"")).unwrap(), b"");
    }

    #[test]
    fn every_truncation_is_refused() {
        let sealed = seal(b"some code that matters");
        for length in 0..sealed.len() {
            assert_eq!(open(&sealed[..length]).unwrap_err().status, Status::BadBytecode, "{length} bytes");
        }
    }

    #[test]
    fn every_flipped_bit_that_matters_is_refused() {
        let sealed = seal(b"some code that matters");
        for at in (0..28).chain(HEADER..sealed.len()) {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(open(&damaged).is_err(), "byte {at}");
        }
    }

    #[test]
    fn another_engine_is_named_beside_this_one() {
        let mut other = seal(b"code");
        other[HEADER] = b'9';
        let message = open(&other).unwrap_err().message;
        assert!(message.contains(&format!("9{}", &STAMP[1..])) && message.contains(STAMP), "{message}");
    }
}
