//! Functions are read from the bytecode when they are first called, and made after one of their kind: nobody
//! can tell, also when there was no memory for one.

use std::env;
use std::sync::{Mutex, MutexGuard, PoisonError};

use laconic_arena::Arena;
use laconic_engine::{App, Extras, Request, compile};

#[global_allocator]
static ARENA: Arena = Arena;

/// The engine serves one app a process, one request at a time.
fn alone() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What each call of the handler made of `body` answers.
fn answers<const CALLS: usize>(body: &str) -> [String; CALLS] {
    let _alone = alone();
    // SAFETY: nothing else in this process reads or writes the environment at this time.
    unsafe { env::set_var("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512") };
    let source = format!("export const Lambda = async () => JSON.stringify(await handle());\n{body}");
    let bytecode = compile("app.mjs", source.as_bytes(), Extras::default()).unwrap();
    let mut app = App::load(bytecode.leak()).unwrap();
    let request = Request { function_name: "f", event: "null", context: "{}", ..Request::default() };
    std::array::from_fn(|_| String::from_utf8(app.handle(&request).unwrap().body).unwrap())
}

#[test]
fn a_function_tells_of_itself_before_it_is_called() {
    let [told] = answers(
        "function late(a, b = 1, ...rest) { return a; }\n\
         const handle = () => [late.name, late.length, late.lineNumber, late.columnNumber, late.fileName,\n\
             String(late), Object.getOwnPropertyNames(late), late.prototype.constructor === late];",
    );
    assert_eq!(
        told,
        r#"["late",1,2,1,"app.mjs","function late() { [native code] }",["length","name","prototype"],true]"#
    );
}

#[test]
fn every_kind_of_function_is_read_when_it_runs() {
    let kinds = r#"
        class Base { #secret = 40; static made = 0; static { this.made++; } get secret() { return this.#secret; } }
        class Derived extends Base { secret2 = super.secret + 1n.constructor.name.length; constructor() { super(); } }
        const handle = async () => {
            function* counts(upTo) { for (let i = 0; i < upTo; i++) yield () => i; }
            async function* later(upTo) { for (let i = 0; i < upTo; i++) yield await i; }
            const seen = [new Derived().secret2, Base.made];
            for (const value of counts(2)) seen.push(value());
            for await (const value of later(2)) seen.push(value);
            const { a, ...others } = { get a() { return 12345678901234567890n.toString(); }, b: /x+/y.flags, ["c" + 1]: 1.5 };
            const arguments_ = (function () { return arguments.length; })(1, 2, 3);
            return [seen, a, others, arguments_, ((...all) => all.at(-1))(..."xyz"), await (async () => "async")()];
        };
    "#;
    let answer = r#"[[46,1,0,1,0,1],"12345678901234567890",{"b":"y","c1":1.5},3,"z","async"]"#;
    assert_eq!(answers::<2>(kinds), [answer, answer]);
}

#[test]
fn functions_of_a_kind_are_alike_and_each_is_its_own() {
    let [told] = answers(
        r#"
        const make = (n) => [function f(a, b) { return n; }, (a) => n, async (a, b, c) => n, function* g() { yield n; },
            async function* h() {}, class K { m() {} }, { m(a) { return n; } }.m, function () {}, { 7() {} }[7]];
        const told = (f) => JSON.stringify([Object.entries(Object.getOwnPropertyDescriptors(f)).map(([key, { value, ...rest }]) =>
            [key, key === "prototype" ? Object.getOwnPropertyNames(value) : value, rest]), Object.getPrototypeOf(f).constructor.name]);
        const all = (functions) => functions.map(told).join();
        const handle = () => {
            const first = make(1), before = all(first), second = make(2);
            delete first[0].name;
            first[1].extra = 1;
            Object.defineProperty(first[0], "length", { value: 9 });
            first[7].prototype = { changed: true };
            Object.setPrototypeOf(first[2], null);
            delete first[6].length;
            const third = make(3);
            return [all(second) === before, all(third) === before, [1, 2, 6].map((i) => third[i]())[2], second[0](), third[0](),
                new third[0]().constructor === third[0], second[0].prototype === third[0].prototype,
                third.map((f) => [f.name, f.length].join(":")), Object.keys(first[1]), typeof first[7].prototype.changed];
        };"#,
    );
    assert_eq!(
        told,
        r#"[true,true,3,2,3,true,false,["f:2",":1",":3","g:0","h:0","K:0","m:1",":0","7:0"],["extra"],"boolean"]"#
    );
}

#[test]
fn a_template_is_the_same_object_at_each_call_and_can_be_part_of_a_cycle() {
    let [first, second] = answers(
        r"let last; const seen = new WeakMap(); const tag = (strings) => strings;
          const handle = () => {
              const strings = (() => tag`a\n${1}b`)();
              seen.set(strings, { strings });
              return [strings, strings.raw, last === (last = strings), Object.isFrozen(strings) && Object.isFrozen(strings.raw)];
          };",
    );
    assert_eq!(first, r#"[["a\n","b"],["a\\n","b"],false,true]"#);
    assert_eq!(second, r#"[["a\n","b"],["a\\n","b"],true,true]"#);
}

#[test]
fn errors_and_eval_know_the_names_of_variables() {
    let [told] = answers(
        r"const said = (run) => { try { return run(); } catch (error) { return error.message; } };
          const handle = () => {
              const ofClosure = said(() => later);
              const ofLocal = said(() => { early; let early = 1; });
              const evaluated = said(() => { const local = 2; { let inner = 3; return eval('local + inner + outer'); } });
              let later = 1; const outer = 4;
              return [ofClosure, ofLocal, evaluated, said(() => { const local = 2; return ((q) => eval('local * q'))(21); })];
          };",
    );
    assert_eq!(
        told,
        r#"["later is not initialized","early is not initialized","outer is not initialized",42]"#
    );
}

#[test]
fn the_built_in_that_is_written_in_javascript_does_not_show_it() {
    let [told] = answers(
        r#"const handle = async () => {
            const fails = (error) => error.stack.split("\n").filter((line) => line.includes("fromAsync"));
            const failed = await Array.fromAsync([1], () => { throw new Error("x"); }).catch(fails);
            async function* two() { yield 1; yield 2; }
            return [await Array.fromAsync(two(), (each) => each * 2), failed, String(Array.fromAsync), Array.fromAsync.length];
        };"#,
    );
    assert_eq!(told, r#"[[2,4],["    at fromAsync (native)"],"function fromAsync() { [native code] }",1]"#);
}

#[test]
fn a_function_that_there_was_no_memory_for_is_read_at_the_next_call() {
    // 12 MB of text, of which nothing is read before the function is.
    let text = "0123456789abcdef".repeat(12 << 16);
    let [first, second] = answers(&format!(
        "let held;
         const large = () => '{text}'.length;
         const inner = () => [() => large(), async () => large(), function* () {{ yield large(); }}];
         const handle = async () => {{
             if (held === undefined) {{
                 held = [];
                 try {{ for (;;) held.push(new Uint8Array(4 << 20).fill(1)); }} catch {{}}
             }} else {{ held = null; }}
             const [plain, later, steps] = inner();
             const said = [];
             for (const run of [plain, later, () => steps().next().value]) {{
                 try {{ said.push(await run()); }} catch (error) {{ said.push(error.message); }}
             }}
             return said;
         }};"
    ));
    assert_eq!(first, r#"["out of memory","out of memory","out of memory"]"#);
    assert_eq!(second, r#"[12582912,12582912,12582912]"#);
}
