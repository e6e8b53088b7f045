//! Computes the engine's stamp: bytecode is only valid for the very QuickJS that wrote it, and the
//! lock file is what says which one that is.

use std::{env, fs, path::Path};

fn main() {
    let lock = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("../../Cargo.lock");
    println!("cargo:rerun-if-changed={}", lock.display());
    let content = fs::read(&lock).expect("Cargo.lock lies beside the workspace's Cargo.toml");
    let version = env::var("CARGO_PKG_VERSION").expect("set by cargo");
    println!("cargo:rustc-env=LACONIC_STAMP={version}+{:08x}", checksum(&content));
}

/// FNV-1a, which needs no dependency in a build script.
fn checksum(content: &[u8]) -> u32 {
    content.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
