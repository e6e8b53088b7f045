import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generatePythonShim, PythonShimError } from "../src/index.js";
import { RESERVED_NAMES } from "../src/python-names.js";
import { SHIM_SOURCE } from "../src/sources.js";

function generate(...names: string[]): ReturnType<typeof generatePythonShim> {
  const functions = names.map((name) => ({ name }));
  return generatePythonShim({ service: "HelloService", libraryName: "app.lambda.so", functions });
}

function index(shim: ReturnType<typeof generatePythonShim>): string {
  return shim.files.find(({ path }) => path === "index.py")!.text;
}

/** Run Python with the text on its stdin and parse the JSON that it prints. */
function python(script: string, input: string): unknown {
  return JSON.parse(execFileSync("python3", ["-c", script], { input, encoding: "utf8" }));
}

function code(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof PythonShimError) return `${error.code}: ${error.message} (${error.hint})`;
    throw error;
  }
  return "no error";
}

describe("generatePythonShim", () => {
  it("writes one handler for each function", () => {
    const shim = generate("hello", "my-function");
    expect(shim.files.map(({ path }) => path)).toEqual([
      "index.py",
      "laconic_after_response.py",
      "laconic_caller.py",
      "laconic_extension.py",
      "laconic_faults.py",
      "laconic_snapstart.py",
    ]);
    expect(shim.handlers).toEqual([
      { name: "hello", handler: "index.hello" },
      { name: "my-function", handler: "index.my_function" },
    ]);
    expect(index(shim)).toContain(
      'def my_function(event: Any, context: Any) -> bytes:\n    return _call(b"my-function", event, context)\n',
    );
  });

  it("gives the same bytes for the same input", () => {
    expect(generate("a", "b")).toEqual(generate("a", "b"));
  });

  it("names the library that it is given", () => {
    const shim = generatePythonShim({
      service: "x",
      libraryName: "other.so",
      functions: [{ name: "hello" }],
    });
    expect(index(shim)).toContain('"other.so"');
    expect(index(shim)).not.toContain("app.lambda.so");
  });

  it("lets no service name out of its comment", () => {
    const service = 'x\nimport os\r"""\u0000\u2028';
    const text = index(generatePythonShim({ service, libraryName: "a.so", functions: [{ name: "hello" }] }));
    expect(
      python(
        "import ast, json, sys; print(json.dumps(ast.get_docstring(ast.parse(sys.stdin.read()))))",
        text,
      ),
    ).toMatch(/^Hands Lambda requests/);
    expect(text.match(/^import os$/gm)).toHaveLength(1);
  });

  it.each([
    ["class", "index.class_"],
    ["json", "index.json_"],
    ["len", "index.len_"],
    ["1st", "index._1st"],
    ["größe", "index.gr_e"],
    ["__file__", "index.__file___"],
    ["event", "index.event"],
    ["---", "index._"],
  ])("serves %s as %s", (name, handler) => {
    expect(generate(name).handlers).toEqual([{ name, handler }]);
  });

  it("refuses two functions of one Python name", () => {
    expect(code(() => generate("a-b", "a.b"))).toMatchInlineSnapshot(
      `"LAC6001: functions "a-b" and "a.b" would both be Python's a_b (rename one of them)"`,
    );
    expect(code(() => generate("same", "same"))).toMatch(/^LAC6001/);
  });

  it("refuses a service without functions, an empty name and a library elsewhere", () => {
    expect(code(() => generate())).toMatch(/^LAC6002/);
    expect(code(() => generate(""))).toMatch(/^LAC6004/);
    const elsewhere = { service: "x", libraryName: "../x.so", functions: [{ name: "a" }] };
    expect(code(() => generatePythonShim(elsewhere))).toMatch(/^LAC6003/);
  });

  it("writes, for any names, Python that calls exactly these functions", () => {
    const script = `
import ast, json, sys
calls = {}
for node in ast.parse(sys.stdin.read()).body:
    if isinstance(node, ast.FunctionDef) and not isinstance(node.returns, ast.Subscript):
        for call in ast.walk(node.body[-1]):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "_call":
                calls[node.name] = call.args[0].value.decode("utf-8")
print(json.dumps(calls))`;
    const names = fc.uniqueArray(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), {
      selector: (name) => name.replace(/\W+/g, "_"),
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(names, (list) => {
        const unique = code(() => generate(...list));
        fc.pre(unique === "no error");
        const shim = generate(...list);
        const expected = shim.handlers.map(({ name, handler }) => [handler.replace("index.", ""), name]);
        expect(python(script, index(shim))).toEqual(Object.fromEntries(expected));
      }),
      { numRuns: 10 },
    );
  });
});

describe("reserved names", () => {
  it("holds every global name that the shim uses, and Python's keywords", () => {
    const script = `
import json, keyword, symtable, sys
table = symtable.symtable(sys.stdin.read(), "index.py", "exec")
names = {s.get_name() for s in table.get_symbols()}
pending = table.get_children()
while pending:
    scope = pending.pop()
    pending += scope.get_children()
    names |= {s.get_name() for s in scope.get_symbols() if s.is_global()}
print(json.dumps(sorted(names | set(keyword.kwlist) - {"__peg_parser__"})))`;
    const used = python(script, SHIM_SOURCE) as string[];
    const outside = used.filter((name) => !RESERVED_NAMES.has(name) && !/^__.*__$/.test(name));
    expect(outside).toEqual([]);
  });
});
