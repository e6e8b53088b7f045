//! SHAKE as a hash: an output of any length, settled before the end.

use digest::{ExtendableOutput, Update, XofReader};

#[derive(Clone)]
pub enum Shake {
    Shake128(shake::Shake128),
    Shake256(shake::Shake256),
}

impl Shake {
    pub fn update(&mut self, bytes: &[u8]) {
        match self {
            Shake::Shake128(state) => state.update(bytes),
            Shake::Shake256(state) => state.update(bytes),
        }
    }

    pub fn finish(self, length: usize) -> Vec<u8> {
        let mut output = vec![0; length];
        match self {
            Shake::Shake128(state) => state.finalize_xof().read(&mut output),
            Shake::Shake256(state) => state.finalize_xof().read(&mut output),
        }
        output
    }
}
