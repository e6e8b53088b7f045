//! Compiles QuickJS with patches: the C sources of the very crate that the workspace's lock file names,
//! so that this one holds nothing but what differs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// Sources of rquickjs-sys, each with the patches that are applied to it one after another; the other sources
/// stay there.
const PATCHED: [(&str, &[&str]); 2] = [
    (
        "quickjs.c",
        &["quickjs.patch", "limits.patch", "stack-text.patch", "lazy-functions.patch", "out-of-memory.patch"],
    ),
    ("libregexp.c", &["regexp-limits.patch"]),
];

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    let original = source_folder().join("quickjs");
    let files = PATCHED.map(|(source, patches)| {
        let file = out.join(source);
        fs::write(&file, patched(&original.join(source), patches)).expect("OUT_DIR can be written");
        file
    });
    fs::write(out.join("builtin-array-fromasync-source.h"), from_async(&original))
        .expect("OUT_DIR can be written");
    cc::Build::new()
        .extra_warnings(false)
        .flag_if_supported("-Wno-implicit-const-int-float-conversion")
        .define("_GNU_SOURCE", None)
        // An assertion would end the host's process.
        .define("NDEBUG", None)
        .include(&original)
        .include(&out)
        // The hot path of the whole library, also where the workspace asks for small code.
        .opt_level(if env::var("OPT_LEVEL").as_deref() == Ok("0") { 0 } else { 3 })
        .files(files)
        .compile("laconic_quickjs");
}

fn patched(source: &Path, patches: &[&str]) -> String {
    let source = fs::read_to_string(source).expect("rquickjs-sys holds QuickJS's sources");
    patches.iter().fold(source, |source, name| {
        println!("cargo:rerun-if-changed={name}");
        let patch = fs::read_to_string(name).expect("beside this script");
        let patch = diffy::Patch::from_str(&patch).unwrap_or_else(|error| panic!("{name}: {error}"));
        diffy::apply(&source, &patch).unwrap_or_else(|error| panic!("{name}: {error}"))
    })
}

/// The source of the one built-in that is written in JavaScript, as a C array that ends with a zero byte.
fn from_async(original: &Path) -> String {
    let source =
        fs::read(original.join("builtin-array-fromasync.js")).expect("it is one of QuickJS's sources");
    let bytes: String = source.iter().map(|byte| format!("{byte},")).collect();
    format!("static const char js_array_fromasync_source[] = {{{bytes}0}};\n")
}

/// Where cargo keeps rquickjs-sys.
fn source_folder() -> PathBuf {
    let cargo = env::var_os("CARGO").expect("set by cargo");
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--locked", "--offline"])
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let package = packages.iter().find(|package| package["name"] == "rquickjs-sys");
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    Path::new(manifest.expect("the workspace depends on rquickjs-sys")).parent().expect("a folder").into()
}
