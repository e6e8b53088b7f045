//! Primes. Finding one of some thousand bits takes seconds, so that the deadline is looked at all the while.

use std::cell::RefCell;

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd, RandomMod, Resize};
use crypto_primes::hazmat::{SetBits, SmallFactorsSieveFactory};
use crypto_primes::{Flavor, sieve_and_find};
use rquickjs::{Error, Result};

use crate::kdf::Poll;
use crate::random::System;

/// Up to here the Baillie-PSW test is a matter of tenths of a second; it cannot be stopped half-way.
const MOST_BITS_AT_ONCE: u32 = 4096;

/// Rounds of Miller-Rabin beyond: a composite number passes one in four at most, as OpenSSL counts on.
const ROUNDS: usize = 64;

/// Multiplications between two looks at the clock.
const BETWEEN_LOOKS: u32 = 16;

/// A prime of so many bits. With `two_bits` its two highest are set, so that a product of two has twice as many.
pub fn random(bits: u32, flavor: Flavor, two_bits: bool, poll: Poll<'_>) -> Result<BoxedUint> {
    let highest = if two_bits { SetBits::TwoMsb } else { SetBits::Msb };
    let sieve = SmallFactorsSieveFactory::new(flavor, bits, highest).map_err(|_| Error::Unknown)?;
    let stopped = RefCell::new(None);
    let found = sieve_and_find(&mut System, sieve, |_, candidate: &BoxedUint| {
        is_prime_of(flavor, candidate, poll).unwrap_or_else(|error| {
            *stopped.borrow_mut() = Some(error);
            true
        })
    });
    if let Some(error) = stopped.into_inner() {
        return Err(error);
    }
    found.ok().flatten().ok_or(Error::Unknown)
}

fn is_prime_of(flavor: Flavor, candidate: &BoxedUint, poll: Poll<'_>) -> Result<bool> {
    Ok(is_prime(candidate, poll)?
        && (flavor == Flavor::Any || is_prime(&candidate.wrapping_shr_vartime(1), poll)?))
}

/// Whether a number is prime, with a probability of error that nobody meets.
pub fn is_prime(number: &BoxedUint, poll: Poll<'_>) -> Result<bool> {
    poll()?;
    let bits = number.bit_width_vartime();
    let odd = Odd::new(number.clone()).into_option();
    let Some(odd) = odd.filter(|_| bits > MOST_BITS_AT_ONCE) else {
        return Ok(crypto_primes::is_prime(Flavor::Any, number));
    };
    let strong = Strong::new(odd);
    // Two is the fastest base, and tells nearly all composite numbers.
    if !strong.passes(BoxedUint::from(2u8), poll)? {
        return Ok(false);
    }
    for _ in 1..ROUNDS {
        let base = BoxedUint::random_mod_vartime(&mut System, strong.number.as_nz_ref());
        if base > BoxedUint::one() && !strong.passes(base, poll)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The test of Miller and Rabin for one number.
struct Strong {
    number: Odd<BoxedUint>,
    parameters: BoxedMontyParams,
    /// The number less one is `odd_part` times two to the power of `twos`.
    odd_part: BoxedUint,
    twos: u32,
}

impl Strong {
    fn new(number: Odd<BoxedUint>) -> Strong {
        let less_one = number.as_ref().wrapping_sub(BoxedUint::one());
        let twos = less_one.trailing_zeros_vartime();
        let odd_part = less_one.wrapping_shr_vartime(twos);
        Strong { parameters: BoxedMontyParams::new_vartime(number.clone()), number, odd_part, twos }
    }

    fn passes(&self, base: BoxedUint, poll: Poll<'_>) -> Result<bool> {
        let precision = self.number.as_ref().bits_precision();
        let base = BoxedMontyForm::new(base.resize(precision), &self.parameters);
        let one = BoxedMontyForm::one(&self.parameters);
        let minus_one = one.neg();
        let mut power = self.power(&base, &one, poll)?;
        if power == one || power == minus_one {
            return Ok(true);
        }
        for _ in 1..self.twos {
            power = power.square();
            if power == minus_one {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The base to the power of `odd_part`.
    fn power(&self, base: &BoxedMontyForm, one: &BoxedMontyForm, poll: Poll<'_>) -> Result<BoxedMontyForm> {
        let mut power = one.clone();
        for bit in (0..self.odd_part.bit_width_vartime()).rev() {
            if bit % BETWEEN_LOOKS == 0 {
                poll()?;
            }
            power = power.square();
            if self.odd_part.bit_vartime(bit) {
                power = power.mul(base);
            }
        }
        Ok(power)
    }
}
