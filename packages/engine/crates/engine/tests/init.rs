//! Loading an app leaves no trace in the process that a heap image could not restore. One test to
//! the file: it counts what the whole process has.

use std::fs;

use laconic_arena::Arena;
use laconic_engine::{App, Extras, Request, compile};

#[global_allocator]
static ARENA: Arena = Arena;

const APP: &str = r#"
    import { digest, randomBytes } from "laconic:crypto";
    import { find, offset } from "laconic:zones";
    import { parse } from "laconic:url";
    import { Decoder } from "laconic:encodings";
    import { connectTcp } from "laconic:sockets";
    const made = [randomBytes(16), digest("sha256", new Uint8Array(1)), Math.random()];
    const text = new Decoder("shift_jis", false).decode(Uint8Array.of(0x93, 0xfa), true);
    const client = { text, url: parse("https://a.example/b"), berlin: offset(find("Europe/Berlin"), 0) };
    setTimeout(() => {}, 1000).unref();
    await Promise.resolve();
    export const Lambda = async (name) => name === "connect"
        ? JSON.stringify(await new Promise((seen) => connectTcp("127.0.0.1", 1, undefined, 0, seen)) !== undefined)
        : "1";
"#;

#[test]
fn init_makes_no_descriptor_and_no_thread() {
    let bytecode = compile("app.mjs", APP.as_bytes(), Extras::default()).unwrap();
    let before = (names("/proc/self/fd"), names("/proc/self/task"));
    let mut app = App::load(bytecode.leak()).unwrap();
    assert_eq!(before, (names("/proc/self/fd"), names("/proc/self/task")));

    app.handle(&Request { function_name: "f", event: "null", context: "{}", ..Request::default() }).unwrap();
    assert_eq!(
        before,
        (names("/proc/self/fd"), names("/proc/self/task")),
        "nor does a request that waits for no I/O"
    );

    let connected =
        app.handle(&Request { function_name: "connect", event: "null", context: "{}", ..Request::default() });
    assert_eq!(connected.unwrap().body, b"true");
    assert!(names("/proc/self/fd").len() > before.0.len(), "I/O comes with the request that needs it");
}

fn names(folder: &str) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    // The descriptor of the listing itself is gone when it is looked at.
    let mut names: Vec<_> =
        names.filter(|name| fs::symlink_metadata(format!("{folder}/{name}")).is_ok()).collect();
    names.sort();
    names
}
