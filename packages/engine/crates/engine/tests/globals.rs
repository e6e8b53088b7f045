//! The globals and built-in modules that an app finds.

use laconic_arena::Arena;
use laconic_engine::{App, CORE, Extras, FEATURES, Request, compile};

#[global_allocator]
static ARENA: Arena = Arena;

/// The JSON that the app's expression gives. In one test function each file, or under nextest: one
/// app at a time.
fn evaluate(imports: &str, expression: &str) -> String {
    let source =
        format!("{imports}\nexport const Lambda = async () => JSON.stringify(await ({expression}) ?? null);");
    let mut app =
        App::load(compile("app.mjs", source.as_bytes(), Extras::default()).unwrap().leak()).unwrap();
    let request = Request { function_name: "f", event: "null", context: "{}", ..Request::default() };
    String::from_utf8(app.handle(&request).unwrap().body).unwrap()
}

const EXPECTED: [&str; 12] = [
    "DOMException",
    "clearImmediate",
    "clearInterval",
    "clearTimeout",
    "console",
    "global",
    "performance",
    "process",
    "queueMicrotask",
    "setImmediate",
    "setInterval",
    "setTimeout",
];

#[test]
fn an_app_finds_what_node_has() {
    let names = format!("{EXPECTED:?}.filter((name) => globalThis[name] === undefined)");
    assert_eq!(evaluate("", &names), "[]");

    let features = FEATURES.iter().copied().chain([&CORE]);
    for name in features.flat_map(|feature| feature.modules).map(|module| module.name) {
        let imports = format!("import * as plain from '{name}'; import * as prefixed from 'node:{name}';");
        assert_eq!(
            evaluate(&imports, "plain === prefixed && Object.keys(plain).length > 0"),
            "true",
            "{name}"
        );
    }

    let order = "new Promise((done) => { const seen = [];
        setTimeout((a, b) => { seen.push(a + b); done(seen) }, 1, 'time', 'out');
        setImmediate(() => seen.push('immediate')); process.nextTick((x) => seen.push(x), 'tick'); })";
    assert_eq!(evaluate("", order), r#"["tick","immediate","timeout"]"#);

    let cleared = "new Promise((done) => { const seen = []; const t = setTimeout(() => seen.push(1), 1);
        clearTimeout(t); clearTimeout(undefined); clearTimeout(+setTimeout(() => seen.push(2), 1));
        let n = 0; const i = setInterval(() => { if (++n === 3) { clearInterval(i); done([n, t.hasRef(), ...seen]) } }, 1) })";
    assert_eq!(evaluate("", cleared), "[3,false]");

    // SAFETY: the only thread that reads the environment now is this one.
    unsafe { std::env::set_var("LACONIC_LATER", "host") };
    let environment = "(() => { const seen = [process.env.LACONIC_LATER, 'LACONIC_LATER' in process.env, process.env.toString === undefined];
        process.env.LACONIC_LATER = 5; seen.push(process.env.LACONIC_LATER, Object.keys(process.env).includes('LACONIC_LATER'));
        delete process.env.LACONIC_LATER; seen.push(process.env.LACONIC_LATER === undefined, { ...process.env }.LACONIC_LATER === undefined);
        return seen })()";
    assert_eq!(evaluate("", environment), r#"["host",true,false,"5",true,true,true]"#);
    assert_eq!(
        std::env::var("LACONIC_LATER").as_deref(),
        Ok("host"),
        "the host's own environment is left alone"
    );

    assert_eq!(
        evaluate("", "[process.pid, typeof process.argv0, process.argv.length > 0].join()"),
        format!("\"{},string,true\"", std::process::id())
    );
    assert_eq!(
        evaluate(
            "",
            "[Math.random(), Math.random()].every((n, i, all) => n >= 0 && n < 1 && all[0] !== all[1])"
        ),
        "true"
    );
    assert_eq!(
        evaluate("", "[process.version.startsWith('v22.'), process.versions.node.startsWith('22.')]"),
        "[true,true]"
    );

    let navigator =
        "[navigator.userAgent, navigator.languages === navigator.languages, navigator instanceof Navigator]";
    assert_eq!(evaluate("", navigator), r#"["Node.js/22",true,true]"#);
}
