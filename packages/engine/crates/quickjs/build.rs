//! Compiles QuickJS with patches: the C sources of the very crate that the workspace's lock file names,
//! so that this one holds nothing but what differs.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// Sources of rquickjs-sys, each with the patches that are applied to it one after another; the other sources
/// stay there.
const PATCHED: [(&str, &[&str]); 2] = [
    (
        "quickjs.c",
        &[
            "quickjs.patch",
            "limits.patch",
            "stack-text.patch",
            "lazy-functions.patch",
            "out-of-memory.patch",
            "suspended-frames.patch",
        ],
    ),
    ("libregexp.c", &["regexp-limits.patch"]),
];

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo"));
    let original = source_folder().join("quickjs");
    // Also read by the tests that compile programs with the original sources, from cargo's messages.
    println!("cargo:rustc-env=LACONIC_QUICKJS_SOURCES={}", original.display());
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

/// Folder of rquickjs-sys in cargo's registry. Cargo unpacks every crate of a build before it runs the first build
/// script, so this needs neither another cargo nor crates that the build does not use.
fn source_folder() -> PathBuf {
    let name = format!("rquickjs-sys-{}", locked_version("rquickjs-sys"));
    let sources = cargo_home().join("registry/src");
    let registries = fs::read_dir(&sources).into_iter().flatten().flatten();
    // Cargo writes the marker last: a folder without it is half unpacked.
    let found = registries.map(|entry| entry.path().join(&name)).find(|path| path.join(".cargo-ok").exists());
    found.unwrap_or_else(|| {
        panic!(
            "{name} is not in {}: QuickJS is compiled from the crate that cargo unpacks there. \
             Vendored or replaced registries are not supported; set CARGO_HOME to the folder that holds it.",
            sources.display()
        )
    })
}

/// The version of a package that the workspace's lock file names.
fn locked_version(package: &str) -> String {
    const LOCK: &str = "../../Cargo.lock";
    println!("cargo:rerun-if-changed={LOCK}");
    let lock = fs::read_to_string(LOCK).expect("the workspace has a lock file");
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\"")).skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.expect("the workspace depends on it").to_owned()
}

fn cargo_home() -> PathBuf {
    println!("cargo:rerun-if-env-changed=CARGO_HOME");
    let home = || env::home_dir().expect("a home folder, or CARGO_HOME").join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}
