//! Keys from passwords and from other keys.

use digest::array::typenum::Unsigned;
use digest::{FixedOutput, KeyInit, Update};
use hmac::Hmac as HmacOf;
use rquickjs::Result;
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use crate::hash::{Hmac, find};

/// Iterations of PBKDF2 between two looks at the clock: less than a millisecond.
const BETWEEN_LOOKS: u32 = 1000;

/// Asked now and then whether to go on.
pub type Poll<'a> = &'a dyn Fn() -> Result<()>;

/// PBKDF2 (RFC 8018); none when there is no such hash.
pub fn pbkdf2(
    hash: &str,
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    length: usize,
    poll: Poll<'_>,
) -> Result<Option<Vec<u8>>> {
    let mut key = vec![0; length];
    let fill = match hash {
        // The usual ones, whose inner loop is worth code of its own.
        "sha1" => pbkdf2_of::<HmacOf<Sha1>>,
        "sha256" => pbkdf2_of::<HmacOf<Sha256>>,
        "sha384" => pbkdf2_of::<HmacOf<Sha384>>,
        "sha512" => pbkdf2_of::<HmacOf<Sha512>>,
        _ => {
            let Some(algorithm) = find(hash) else { return Ok(None) };
            pbkdf2_of_any(&Hmac::new(algorithm, password), salt, iterations, &mut key, poll)?;
            return Ok(Some(key));
        }
    };
    fill(password, salt, iterations, &mut key, poll)?;
    Ok(Some(key))
}

fn pbkdf2_of<M: KeyInit + Update + FixedOutput + Clone>(
    password: &[u8],
    salt: &[u8],
    iterations: u32,
    key: &mut [u8],
    poll: Poll<'_>,
) -> Result<()> {
    // HMAC takes a key of any length.
    let Ok(keyed) = M::new_from_slice(password) else { return Ok(()) };
    for (index, block) in key.chunks_mut(M::OutputSize::USIZE).enumerate() {
        let first = keyed.clone().chain(salt).chain((index as u32 + 1).to_be_bytes());
        let mut last = first.finalize_fixed();
        let mut sum = last.clone();
        for round in 1..iterations {
            if round % BETWEEN_LOOKS == 0 {
                poll()?;
            }
            last = keyed.clone().chain(&last).finalize_fixed();
            sum.iter_mut().zip(&last).for_each(|(sum, last)| *sum ^= last);
        }
        poll()?;
        block.copy_from_slice(&sum[..block.len()]);
    }
    Ok(())
}

fn pbkdf2_of_any(hmac: &Hmac, salt: &[u8], iterations: u32, key: &mut [u8], poll: Poll<'_>) -> Result<()> {
    let length = hmac.output_length();
    for (index, block) in key.chunks_mut(length).enumerate() {
        let mut mac = hmac.clone();
        mac.update(salt);
        mac.update(&(index as u32 + 1).to_be_bytes());
        let mut last = mac.finish();
        let mut sum = last.clone();
        for round in 1..iterations {
            if round % BETWEEN_LOOKS == 0 {
                poll()?;
            }
            let mut mac = hmac.clone();
            mac.update(&last);
            last = mac.finish();
            sum.iter_mut().zip(&last).for_each(|(sum, last)| *sum ^= last);
        }
        poll()?;
        block.copy_from_slice(&sum[..block.len()]);
    }
    Ok(())
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
