//! Keys from passwords and from other keys.

use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use crate::hash::{Hmac, find};

/// PBKDF2 (RFC 8018); none when there is no such hash.
pub fn pbkdf2(hash: &str, password: &[u8], salt: &[u8], iterations: u32, length: usize) -> Option<Vec<u8>> {
    let mut key = vec![0; length];
    match hash {
        // The usual ones, whose inner loop is worth code of its own.
        "sha1" => pbkdf2::pbkdf2_hmac::<Sha1>(password, salt, iterations, &mut key),
        "sha256" => pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, iterations, &mut key),
        "sha384" => pbkdf2::pbkdf2_hmac::<Sha384>(password, salt, iterations, &mut key),
        "sha512" => pbkdf2::pbkdf2_hmac::<Sha512>(password, salt, iterations, &mut key),
        _ => pbkdf2_of_any(&Hmac::new(find(hash)?, password), salt, iterations, &mut key),
    }
    Some(key)
}

fn pbkdf2_of_any(hmac: &Hmac, salt: &[u8], iterations: u32, key: &mut [u8]) {
    let length = hmac.output_length();
    for (index, block) in key.chunks_mut(length).enumerate() {
        let mut mac = hmac.clone();
        mac.update(salt);
        mac.update(&(index as u32 + 1).to_be_bytes());
        let mut last = mac.finish();
        let mut sum = last.clone();
        for _ in 1..iterations {
            let mut mac = hmac.clone();
            mac.update(&last);
            last = mac.finish();
            sum.iter_mut().zip(&last).for_each(|(sum, last)| *sum ^= last);
        }
        block.copy_from_slice(&sum[..block.len()]);
    }
}

/// scrypt (RFC 7914); none when the parameters make no sense.
pub fn scrypt(
    password: &[u8],
    salt: &[u8],
    log_cost: u8,
    block: u32,
    parallel: u32,
    length: usize,
) -> Option<Vec<u8>> {
    let mut key = vec![0; length];
    if length > 0 {
        let parameters = scrypt::Params::new(log_cost, block, parallel).ok()?;
        scrypt::scrypt(password, salt, &parameters, &mut key).ok()?;
    }
    Some(key)
}

/// HKDF (RFC 5869); none when there is no such hash. The length is at most 255 times the hash's.
pub fn hkdf(hash: &str, key: &[u8], salt: &[u8], info: &[u8], length: usize) -> Option<Vec<u8>> {
    let algorithm = find(hash)?;
    let mut extract = Hmac::new(algorithm.clone(), salt);
    extract.update(key);
    let expand = Hmac::new(algorithm, &extract.finish());
    let mut output = Vec::with_capacity(length + expand.output_length());
    let mut last: Box<[u8]> = Box::default();
    let mut counter = 0u8;
    while output.len() < length {
        counter = counter.wrapping_add(1);
        let mut mac = expand.clone();
        mac.update(&last);
        mac.update(info);
        mac.update(&[counter]);
        last = mac.finish();
        output.extend_from_slice(&last);
    }
    output.truncate(length);
    Some(output)
}
