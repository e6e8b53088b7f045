//! Computes the engine's stamp: bytecode is only valid for the very QuickJS that wrote it. The lock
//! file says which one that is, and the patches what was made of it.

use std::{env, fs, path::Path};

fn main() {
    let folder = env::var("CARGO_MANIFEST_DIR").expect("set by cargo");
    let mut content = Vec::new();
    let quickjs = Path::new(&folder).join("../quickjs/patches");
    let mut sources: Vec<_> = fs::read_dir(&quickjs)
        .expect("a crate of the workspace")
        .map(|entry| entry.expect("its folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "patch"))
        .collect();
    sources.sort();
    sources.push(Path::new(&folder).join("../../Cargo.lock"));
    println!("cargo:rerun-if-changed={}", quickjs.display());
    for path in sources {
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
