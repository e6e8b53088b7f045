//! Computes the engine's stamp: bytecode is only valid for the very QuickJS that wrote it. The lock
//! file says which one that is, and the patches what was made of it.

use std::{env, fs, path::Path};

fn main() {
    let folder = env::var("CARGO_MANIFEST_DIR").expect("set by cargo");
    let mut content = Vec::new();
    let patches = ["quickjs", "limits", "stack-text"].map(|name| format!("../quickjs/{name}.patch"));
    for source in patches.iter().map(String::as_str).chain(["../../Cargo.lock"]) {
        let path = Path::new(&folder).join(source);
        println!("cargo:rerun-if-changed={}", path.display());
        content.extend(fs::read(&path).expect("all lie in the workspace"));
    }
    let version = env::var("CARGO_PKG_VERSION").expect("set by cargo");
    println!("cargo:rustc-env=LACONIC_STAMP={version}+{:08x}", checksum(&content));
}

/// FNV-1a, which needs no dependency in a build script.
fn checksum(content: &[u8]) -> u32 {
    content.iter().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}
