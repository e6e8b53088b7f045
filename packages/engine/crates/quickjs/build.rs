//! Compiles QuickJS with patches: the C sources of the published crate that the workspace's lock file names,
//! so that this one holds nothing but what differs.

use std::path::{Path, PathBuf};
use std::{env, fs};

const PATCHES: &str = "patches";

/// As one object: the linker takes all of it or nothing, and never the published crate's instead of a part. What this
/// crate's library calls is in the patched sources alone, so it is this one; both would be an error.
const UNIT: &str =
    "#include \"dtoa.c\"\n#include \"libunicode.c\"\n#include \"libregexp.c\"\n#include \"quickjs.c\"\n";

fn main() {
    let out = empty(PathBuf::from(env::var_os("OUT_DIR").expect("set by cargo")));
    let original = source_folder().join("quickjs");
    // Also read by the tests that compile programs with the original sources, from cargo's messages.
    println!("cargo:rustc-env=LACONIC_QUICKJS_SOURCES={}", original.display());
    copy_sources(&original, &out);
    apply_patches(&out);
    write_builtins(&out);
    compile(&out);
}

fn compile(out: &Path) {
    let unit = out.join("laconic-quickjs.c");
    fs::write(&unit, UNIT).expect("OUT_DIR can be written");
    let mut build = cc::Build::new();
    build
        .extra_warnings(false)
        .flag_if_supported("-Wno-implicit-const-int-float-conversion")
        .define("_GNU_SOURCE", None)
        // An assertion would end the host's process.
        .define("NDEBUG", None)
        .include(out)
        // The hot path of the whole library, also where the workspace asks for small code.
        .opt_level(if env::var("OPT_LEVEL").as_deref() == Ok("0") { 0 } else { 3 })
        .file(&unit);
    if env::var_os("CARGO_CFG_LACONIC_GC_STRESS").is_some() {
        build.define("JS_GC_STRESS", None);
    }
    build.compile("laconic_quickjs");
}

/// Cargo leaves in OUT_DIR what an earlier build wrote there, perhaps of another version of QuickJS: headers of it would be
/// found before the right ones.
fn empty(folder: PathBuf) -> PathBuf {
    fs::remove_dir_all(&folder).expect("OUT_DIR can be written");
    fs::create_dir_all(&folder).expect("OUT_DIR can be written");
    folder
}

/// Next to one another, where the compiler looks for a header first.
fn copy_sources(original: &Path, out: &Path) {
    for entry in fs::read_dir(original).expect("rquickjs-sys holds QuickJS's sources").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|extension| ["c", "h", "js"].iter().any(|each| extension == *each)) {
            fs::copy(&path, out.join(entry.file_name())).expect("OUT_DIR can be written");
        }
    }
}

/// In the order of their names.
fn apply_patches(out: &Path) {
    println!("cargo:rerun-if-changed={PATCHES}");
    let mut patches: Vec<_> = fs::read_dir(PATCHES)
        .expect("the patches lie in another crate of the workspace")
        .map(|entry| entry.expect("its folder can be read").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "patch"))
        .collect();
    patches.sort();
    for path in patches {
        println!("cargo:rerun-if-changed={}", path.display());
        let patch = fs::read_to_string(&path).expect("a patch is text");
        for (file, diff) in files_of(&patch) {
            apply(&out.join(file), diff)
                .unwrap_or_else(|error| panic!("{}: {file}: {error}", path.display()));
        }
    }
}

fn apply(file: &Path, diff: &str) -> Result<(), Box<dyn std::error::Error>> {
    let source = fs::read_to_string(file)?;
    fs::write(file, diffy::apply(&source, &diffy::Patch::from_str(diff)?)?)?;
    Ok(())
}

/// The files that a patch changes, each with its part. What stands before the first is for readers.
fn files_of(patch: &str) -> Vec<(&str, &str)> {
    const START: &str = "\n--- a/";
    let starts: Vec<_> = patch.match_indices(START).map(|(start, _)| start + 1).collect();
    let ends = starts.iter().skip(1).copied().chain([patch.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| &patch[*start..end]);
    parts.map(|part| (part[START.len() - 1..].lines().next().unwrap_or_default(), part)).collect()
}

/// The built-ins that are written in JavaScript, as C arrays that end with a zero byte.
fn write_builtins(out: &Path) {
    for name in ["array-fromasync", "iterator-zip", "iterator-zip-keyed"] {
        let source =
            fs::read(out.join(format!("builtin-{name}.js"))).expect("it is one of QuickJS's sources");
        let bytes: String = source.iter().map(|byte| format!("{byte},")).collect();
        let variable = name.replace('-', "_");
        let header = format!("static const char js_builtin_{variable}_source[] = {{{bytes}0}};\n");
        fs::write(out.join(format!("builtin-{name}-source.h")), header).expect("OUT_DIR can be written");
    }
}

/// Folder of the published crate in cargo's registry. Cargo unpacks every crate of a build before it runs the first
/// build script, so this needs neither another cargo nor the network.
fn source_folder() -> PathBuf {
    let name = format!("rquickjs-sys-{}", published_version());
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

/// The version of the published crate that the lock file names.
fn published_version() -> String {
    const LOCK: &str = "../../Cargo.lock";
    println!("cargo:rerun-if-changed={LOCK}");
    let lock = fs::read_to_string(LOCK).expect("the workspace has a lock file");
    let mut lines = lock.lines().skip_while(|line| *line != "name = \"rquickjs-sys\"").skip(1);
    let version = lines.next().and_then(|line| line.strip_prefix("version = \"")?.strip_suffix('"'));
    version.expect("the workspace depends on it").to_owned()
}

fn cargo_home() -> PathBuf {
    println!("cargo:rerun-if-env-changed=CARGO_HOME");
    let home = || env::home_dir().expect("a home folder, or CARGO_HOME").join(".cargo");
    env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}
