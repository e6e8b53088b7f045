//! Features come late, leave what the app wrote alone, and are absent when the table does not name them.

use std::sync::{Mutex, MutexGuard, PoisonError};

use laconic_arena::Arena;
use laconic_engine::{App, CORE, Extras, FEATURES, Failure, Feature, Request, compile};

#[global_allocator]
static ARENA: Arena = Arena;

/// The engine serves one app a process, one request at a time.
fn alone() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn named(name: &str) -> &'static Feature {
    FEATURES.iter().find(|feature| feature.name == name).unwrap()
}

/// What the expression gives in an app whose table names these features.
fn evaluate(names: &[&str], expression: &str) -> Result<String, Failure> {
    let _alone = alone();
    let source = format!("export const Lambda = async () => JSON.stringify(await ({expression}) ?? null);");
    let table: Vec<_> = names.iter().map(|name| named(name)).collect();
    let mut app = App::load_with(compile("app.mjs", source.as_bytes(), Extras::default())?.leak(), &table)?;
    let request = Request { function_name: "f", event: "null", context: "{}", ..Request::default() };
    app.handle(&request).map(|payload| String::from_utf8(payload.body).unwrap())
}

#[test]
fn every_feature_works_with_what_it_requires_and_nothing_else() {
    for feature in FEATURES {
        let globals = format!("{:?}.filter((name) => globalThis[name] === undefined)", feature.globals);
        assert_eq!(evaluate(&[feature.name], &globals).unwrap(), "[]", "{}", feature.name);
        for module in feature.modules {
            let import = format!("import({:?}).then((it) => Object.keys(it).length > 0)", module.name);
            assert_eq!(evaluate(&[feature.name], &import).unwrap(), "true", "{}", module.name);
        }
    }
}

#[test]
fn a_library_without_features_has_the_core_alone() {
    let absent = "['URL', 'Buffer', 'crypto', 'navigator'].filter((name) => name in globalThis)";
    assert_eq!(evaluate(&[], absent).unwrap(), "[]");
    let core: Vec<_> = CORE.modules.iter().map(|module| module.name).collect();
    assert_eq!(core, ["process"]);

    let failure = evaluate(&[], "import('node:zlib')").unwrap_err();
    assert!(failure.message.contains("--engine-features"), "{}", failure.message);
}

#[test]
fn a_feature_brings_along_what_it_requires() {
    let required = "import('laconic:sockets').then(({ connectTcp }) => typeof connectTcp)";
    assert_eq!(evaluate(&["child_process"], required).unwrap(), r#""function""#);
}

#[test]
fn a_global_is_not_there_before_it_is_read_and_stays_the_same_afterwards() {
    let getter = "(() => { const of = () => Object.getOwnPropertyDescriptor(globalThis, 'navigator');
        const before = of(); const same = navigator === globalThis.navigator && typeof navigator; const after = of();
        return [typeof before.get, before.configurable, same, 'get' in after] })()";
    assert_eq!(evaluate(&["navigator"], getter).unwrap(), r#"["function",true,"object",false]"#);
}

#[test]
fn what_the_app_wrote_before_it_read_anything_stays() {
    for write in
        ["globalThis.navigator = 1", "Object.defineProperty(globalThis, 'navigator', { get: () => 1 })"]
    {
        let written = format!("(() => {{ {write}; return [navigator, typeof globalThis.navigator] }})()");
        assert_eq!(evaluate(&["navigator"], &written).unwrap(), r#"[1,"number"]"#, "{write}");
    }
    let deleted = "(() => { delete globalThis.navigator; return 'navigator' in globalThis })()";
    assert_eq!(evaluate(&["navigator"], deleted).unwrap(), "false");
}

#[test]
fn a_global_may_be_read_first_where_native_code_has_called_back() {
    for name in FEATURES.iter().flat_map(|feature| feature.globals) {
        let all: Vec<_> = FEATURES.iter().map(|feature| feature.name).collect();
        let nested = format!(
            "(() => {{ let kind; const probe = {{ get it() {{ return kind = typeof {name} }} }};
                JSON.stringify(probe); [probe].toString(); console.log(probe); return kind }})()"
        );
        assert_ne!(evaluate(&all, &nested).unwrap(), r#""undefined""#, "{name}");
    }
}
