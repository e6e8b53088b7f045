//! Large numbers, as big-endian bytes.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, NonZero, Odd, Resize};

/// A number with its leading zeros taken off; zero is one byte.
pub fn number(bytes: &[u8]) -> BoxedUint {
    let significant = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
    let precision = (significant.len().max(1) as u32 * 8).next_multiple_of(64);
    BoxedUint::from_be_slice(significant, precision).unwrap_or_else(|_| BoxedUint::zero())
}

pub fn mod_pow(base: &[u8], exponent: &[u8], modulus: &[u8]) -> Option<Vec<u8>> {
    let length = modulus.len();
    let modulus = Odd::new(number(modulus)).into_option()?;
    let precision = modulus.bits_precision();
    let reduced = number(base);
    let wide = reduced.bits_precision().max(precision);
    let divisor = NonZero::new(modulus.as_ref().clone().resize(wide)).into_option()?;
    let reduced = reduced.resize(wide).rem_vartime(&divisor).resize(precision);
    let parameters = BoxedMontyParams::new(modulus);
    let result = BoxedMontyForm::new(reduced, &parameters).pow(&number(exponent)).retrieve();
    Some(exactly(&result, length))
}

/// The number in `length` bytes.
pub fn exactly(number: &BoxedUint, length: usize) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    match bytes.len().checked_sub(length) {
        Some(surplus) => bytes[surplus..].to_vec(),
        None => [vec![0; length - bytes.len()], bytes.to_vec()].concat(),
    }
}
