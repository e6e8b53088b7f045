//! The checksums of zlib and gzip frames.

use simd_adler32::Adler32;

/// Adler-32 of what had `value`, followed by `bytes`.
pub fn adler32(value: u32, bytes: &[u8]) -> u32 {
    let mut adler = Adler32::from_checksum(value);
    adler.write(bytes);
    adler.finish()
}

/// CRC-32 of what had `value`, followed by `bytes`.
pub fn crc32(value: u32, bytes: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new_with_initial(value);
    hasher.update(bytes);
    hasher.finalize()
}
