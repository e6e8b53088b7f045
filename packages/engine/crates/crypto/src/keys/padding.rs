//! RSA's paddings (RFC 8017). Written over hashes by name: the `rsa` crate compiles each of them once
//! for each hash.

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};

use crate::hash::{Hmac, find};
use crate::random;

/// 00 01 ff.. 00 data: what signatures are made of. None when it does not fit.
pub fn pad_signature(data: &[u8], length: usize) -> Option<Vec<u8>> {
    let filler = length.checked_sub(data.len() + 3).filter(|filler| *filler >= 8)?;
    let mut block = vec![0, 1];
    block.resize(2 + filler, 0xff);
    block.push(0);
    block.extend_from_slice(data);
    Some(block)
}

/// The data in such a block.
pub fn unpad_signature(block: &[u8]) -> Option<&[u8]> {
    let rest = block.strip_prefix(&[0, 1])?;
    let filler = rest.iter().take_while(|byte| **byte == 0xff).count();
    (filler >= 8 && rest.get(filler) == Some(&0)).then(|| &rest[filler + 1..])
}

/// 00 02 random 00 data. None when it does not fit.
pub fn pad_encryption(data: &[u8], length: usize) -> Option<Vec<u8>> {
    let filler = length.checked_sub(data.len() + 3).filter(|filler| *filler >= 8)?;
    let mut block = random::bytes(filler + 3);
    block[0] = 0;
    block[1] = 2;
    block[filler + 2] = 0;
    for byte in &mut block[2..filler + 2] {
        while *byte == 0 {
            random::fill(std::slice::from_mut(byte));
        }
    }
    block.extend_from_slice(data);
    Some(block)
}

/// The data in such a block. A block that is none gives bytes that look random, the same ones for the
/// same ciphertext, so that nobody learns from the outcome (as OpenSSL does since 3.2).
///
/// `secret` is what only the key's owner has, `cipher_text` the input.
pub fn unpad_encryption(block: &[u8], secret: &[u8], cipher_text: &[u8]) -> Vec<u8> {
    let length = block.len();
    let mut is_valid = block[0].ct_eq(&0) & block[1].ct_eq(&2);
    let mut separator = 0u32;
    let mut is_found = Choice::from(0);
    for (index, byte) in block.iter().enumerate().skip(2) {
        let is_zero = byte.ct_eq(&0);
        separator.conditional_assign(&(index as u32), is_zero & !is_found);
        is_found |= is_zero;
    }
    is_valid &= is_found & !Choice::from(u8::from(separator < 10));
    let (substitute, substitute_length) = substitute(length, secret, cipher_text);
    let valid_start = separator + 1;
    let invalid_start = (length - substitute_length) as u32;
    let start = u32::conditional_select(&invalid_start, &valid_start, is_valid) as usize;
    let mut output = vec![0; length];
    for (index, byte) in output.iter_mut().enumerate() {
        *byte = u8::conditional_select(&substitute[index], &block[index], is_valid);
    }
    output.split_off(start)
}

/// A message to give in place of a valid one, and its length.
fn substitute(length: usize, secret: &[u8], cipher_text: &[u8]) -> (Vec<u8>, usize) {
    let hmac = |key: &[u8], parts: &[&[u8]]| {
        let mut hmac = Hmac::new(find("sha256").expect("sha256 is there"), key);
        parts.iter().for_each(|part| hmac.update(part));
        hmac.finish()
    };
    let mut hash = find("sha256").expect("sha256 is there").state;
    hash.update(secret);
    let key = hmac(&hash.finalize(), &[cipher_text]);
    let stream = |label: &[u8], bytes: usize| {
        let bits = (bytes as u16).wrapping_mul(8).to_be_bytes();
        let mut output = Vec::new();
        for counter in 0u16.. {
            if output.len() >= bytes {
                break;
            }
            output.extend_from_slice(&hmac(&key, &[&counter.to_be_bytes(), label, &bits]));
        }
        output.truncate(bytes);
        output
    };
    let longest = length - 11;
    // All bits that the longest length could have.
    let mask = usize::MAX >> (longest + 1).leading_zeros();
    let candidates = stream(b"length", 256);
    let chosen = candidates.as_chunks::<2>().0.iter().fold(0, |chosen, pair| {
        let candidate = usize::from(u16::from_be_bytes(*pair)) & mask;
        if candidate <= longest { candidate } else { chosen }
    });
    (stream(b"message", length), chosen)
}

/// The mask generation function.
fn mask(hash: &str, seed: &[u8], target: &mut [u8]) -> Option<()> {
    let length = find(hash)?.state.output_size();
    for (counter, chunk) in target.chunks_mut(length).enumerate() {
        let mut state = find(hash)?.state;
        state.update(seed);
        state.update(&(counter as u32).to_be_bytes());
        chunk.iter_mut().zip(state.finalize()).for_each(|(target, mask)| *target ^= mask);
    }
    Some(())
}

fn digest(hash: &str, parts: &[&[u8]]) -> Option<Box<[u8]>> {
    let mut state = find(hash)?.state;
    parts.iter().for_each(|part| state.update(part));
    Some(state.finalize())
}

/// OAEP. None when it does not fit.
pub fn pad_oaep(data: &[u8], length: usize, hash: &str, mask_hash: &str, label: &[u8]) -> Option<Vec<u8>> {
    let label = digest(hash, &[label])?;
    let filler = length.checked_sub(data.len() + 2 * label.len() + 2)?;
    let mut block = vec![0; length];
    let (seed, database) = block[1..].split_at_mut(label.len());
    random::fill(seed);
    database[..label.len()].copy_from_slice(&label);
    database[label.len() + filler] = 1;
    database[label.len() + filler + 1..].copy_from_slice(data);
    mask(mask_hash, seed, database)?;
    mask(mask_hash, database, seed)?;
    Some(block)
}

/// The data in such a block.
pub fn unpad_oaep(mut block: Vec<u8>, hash: &str, mask_hash: &str, label: &[u8]) -> Option<Vec<u8>> {
    let label = digest(hash, &[label])?;
    if block.len() < 2 * label.len() + 2 {
        return None;
    }
    let is_first_zero = block[0].ct_eq(&0);
    let (seed, database) = block[1..].split_at_mut(label.len());
    mask(mask_hash, database, seed)?;
    mask(mask_hash, seed, database)?;
    let (found, rest) = database.split_at(label.len());
    let mut is_valid = is_first_zero & found.ct_eq(&label);
    let mut start = 0u32;
    let mut is_found = Choice::from(0);
    for (index, byte) in rest.iter().enumerate() {
        let is_one = byte.ct_eq(&1);
        start.conditional_assign(&(index as u32 + 1), is_one & !is_found);
        is_valid &= is_one | byte.ct_eq(&0) | is_found;
        is_found |= is_one;
    }
    bool::from(is_valid & is_found).then(|| rest[start as usize..].to_vec())
}

/// PSS over a digest. `bits` is one less than the modulus has. None when it does not fit.
pub fn pad_pss(
    hash: &str,
    mask_hash: &str,
    message: &[u8],
    salt_length: usize,
    bits: usize,
) -> Option<Vec<u8>> {
    let length = bits.div_ceil(8);
    let salt = random::bytes(salt_length);
    let hashed = digest(hash, &[&[0; 8], message, &salt])?;
    let filler = length.checked_sub(hashed.len() + salt.len() + 2)?;
    let mut block = vec![0; length];
    let (database, rest) = block.split_at_mut(length - hashed.len() - 1);
    database[filler] = 1;
    database[filler + 1..].copy_from_slice(&salt);
    mask(mask_hash, &hashed, database)?;
    database[0] &= 0xff >> (8 * length - bits);
    rest[..hashed.len()].copy_from_slice(&hashed);
    rest[hashed.len()] = 0xbc;
    Some(block)
}

/// Checks a PSS block. With no salt length, any is fine.
pub fn check_pss(
    hash: &str,
    mask_hash: &str,
    message: &[u8],
    salt_length: Option<usize>,
    bits: usize,
    block: &[u8],
) -> Option<()> {
    let hash_length = find(hash)?.state.output_size();
    let length = bits.div_ceil(8);
    let block = &block[block.len().checked_sub(length)?..];
    let (database, rest) = block.split_at_checked(length.checked_sub(hash_length + 1)?)?;
    let (hashed, trailer) = rest.split_at(hash_length);
    let unused = !(0xff_u8 >> (8 * length - bits));
    if trailer != [0xbc] || database.first()? & unused != 0 {
        return None;
    }
    let mut database = database.to_vec();
    mask(mask_hash, hashed, &mut database)?;
    database[0] &= !unused;
    let filler = database.iter().take_while(|byte| **byte == 0).count();
    let salt = database.get(filler..)?.strip_prefix(&[1])?;
    let is_length_fine = salt_length.is_none_or(|length| length == salt.len());
    let expected = digest(hash, &[&[0; 8], message, salt])?;
    (is_length_fine && *expected == *hashed).then_some(())
}
