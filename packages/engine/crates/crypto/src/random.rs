//! Random bytes, all of them from the engine's one source: the C symbol that `getrandom` calls.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};

pub fn fill(bytes: &mut [u8]) {
    // There is no way to go on without randomness, and none that the kernel runs out of it.
    getrandom::fill(bytes).expect("the kernel gives random bytes");
}

pub fn bytes(length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length];
    fill(&mut bytes);
    bytes
}

/// The same, for crates that want a generator.
pub struct System;

impl TryRng for System {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        fill(&mut bytes);
        Ok(u32::from_ne_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        fill(&mut bytes);
        Ok(u64::from_ne_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for System {}
