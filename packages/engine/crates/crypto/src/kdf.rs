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
    let rest = Rest { salt, iterations, poll };
    match hash {
        // The usual ones, whose inner loop is worth code of its own.
        "sha1" => rest.fill_by::<HmacOf<Sha1>>(password, &mut key)?,
        "sha256" => rest.fill_by::<HmacOf<Sha256>>(password, &mut key)?,
        "sha384" => rest.fill_by::<HmacOf<Sha384>>(password, &mut key)?,
        "sha512" => rest.fill_by::<HmacOf<Sha512>>(password, &mut key)?,
        _ => {
            let Some(algorithm) = find(hash) else { return Ok(None) };
            let keyed = Hmac::new(algorithm, password);
            rest.fill(&mut key, keyed.output_length(), |parts| {
                let mut mac = keyed.clone();
                parts.iter().for_each(|part| mac.update(part));
                mac.finish()
            })?;
        }
    }
    Ok(Some(key))
}

/// What PBKDF2 is given beside the keyed hash.
struct Rest<'a> {
    salt: &'a [u8],
    iterations: u32,
    poll: Poll<'a>,
}

impl Rest<'_> {
    fn fill_by<M: KeyInit + Update + FixedOutput + Clone>(
        &self,
        password: &[u8],
        key: &mut [u8],
    ) -> Result<()> {
        // HMAC takes a key of any length.
        let Ok(keyed) = M::new_from_slice(password) else { return Ok(()) };
        self.fill(key, M::OutputSize::USIZE, |parts| {
            let mut mac = keyed.clone();
            parts.iter().for_each(|part| mac.update(part));
            mac.finalize_fixed()
        })
    }

    /// `mac` is the keyed hash of parts one after another, of `length` bytes.
    fn fill<T: AsRef<[u8]> + AsMut<[u8]> + Clone>(
        &self,
        key: &mut [u8],
        length: usize,
        mac: impl Fn(&[&[u8]]) -> T,
    ) -> Result<()> {
        for (index, block) in key.chunks_mut(length).enumerate() {
            let mut last = mac(&[self.salt, &(index as u32 + 1).to_be_bytes()]);
            let mut sum = last.clone();
            for round in 1..self.iterations {
                if round % BETWEEN_LOOKS == 0 {
                    (self.poll)()?;
                }
                last = mac(&[last.as_ref()]);
                sum.as_mut().iter_mut().zip(last.as_ref()).for_each(|(sum, last)| *sum ^= last);
            }
            (self.poll)()?;
            block.copy_from_slice(&sum.as_ref()[..block.len()]);
        }
        Ok(())
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
