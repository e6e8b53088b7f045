//! `laconic.h` is what cbindgen makes of the exported functions, no more and no less.

use std::path::Path;
use std::{env, fs};

#[test]
fn the_committed_header_is_the_generated_one() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let committed = root.join("../../laconic.h");
    let config = cbindgen::Config::from_file(root.join("cbindgen.toml")).expect("cbindgen.toml is valid");
    let mut generated = Vec::new();
    cbindgen::Builder::new()
        .with_crate(root)
        .with_config(config)
        .generate()
        .expect("the crate parses")
        .write(&mut generated);
    let generated = String::from_utf8(generated).expect("a header is UTF-8");
    if env::var_os("LACONIC_WRITE_HEADER").is_some() {
        fs::write(&committed, &generated).expect("the package is writable");
    }
    let committed = fs::read_to_string(&committed).expect("laconic.h is there");
    assert_eq!(committed, generated, "run the test with LACONIC_WRITE_HEADER=1 and commit laconic.h");
}
