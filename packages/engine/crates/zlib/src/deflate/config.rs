//! How hard each level looks for matches.

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Function {
    Stored,
    /// Takes every match it finds.
    Fast,
    /// Looks whether the next position has a longer one.
    Slow,
}

pub struct Configuration {
    /// From this length on, a quarter of the chain is enough.
    pub good: usize,
    /// From this length on, the next position is not tried; in `Fast`, not hashed.
    pub lazy: usize,
    /// From this length on, the search ends.
    pub nice: usize,
    /// Positions tried.
    pub chain: usize,
    pub function: Function,
}

const fn level(good: usize, lazy: usize, nice: usize, chain: usize, function: Function) -> Configuration {
    Configuration { good, lazy, nice, chain, function }
}

/// zlib's tuning, by level.
pub static CONFIGURATIONS: [Configuration; 10] = [
    level(0, 0, 0, 0, Function::Stored),
    level(4, 4, 8, 4, Function::Fast),
    level(4, 5, 16, 8, Function::Fast),
    level(4, 6, 32, 32, Function::Fast),
    level(4, 4, 16, 16, Function::Slow),
    level(8, 16, 32, 32, Function::Slow),
    level(8, 16, 128, 128, Function::Slow),
    level(8, 32, 128, 256, Function::Slow),
    level(32, 128, 258, 1024, Function::Slow),
    level(32, 258, 258, 4096, Function::Slow),
];
