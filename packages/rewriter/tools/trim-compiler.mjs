// Writes dist/compiler.cjs: ts-morph's TypeScript compiler with everything left out that parsing does not reach. The whole
// takes a third of a second to load, which is more than a rewrite may cost. What is kept follows from what dist/ uses.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { recordBundled } from "../../../tools/record-bundled.mjs";

const require = createRequire(import.meta.url);
const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const compiler = createRequire(require.resolve("ts-morph"))
  .resolve("@ts-morph/common")
  .replace(/[^/\\]+$/, "typescript.js");
const { ts } = require("ts-morph");

const bundle = readFileSync(compiler, "utf8");
const body = moduleBody(bundle);
const names = exportedNames(bundle);
const exported = [...usedNames(dist)].map((name) => `${names.get(name)} as ${name}`).join(", ");
await build({
  stdin: { contents: `${sideEffectFree(body)}\nexport { ${exported} };`, resolveDir: dirname(compiler) },
  bundle: true,
  platform: "node",
  format: "cjs",
  minify: true,
  logLevel: "error",
  legalComments: "none",
  banner: {
    js: "/*! TypeScript (parser only). Copyright (c) Microsoft Corporation. Apache-2.0. From ts-morph, MIT. */",
  },
  outfile: join(dist, "compiler.cjs"),
});
recordBundled("compiler", [compiler]);

/** What is inside the closure that the compiler's bundle is, without its list of exports. */
function moduleBody(text) {
  const list = "module.exports = __toCommonJS(typescript_exports);";
  const helpers = text.slice(text.indexOf('"use strict";'), text.indexOf("var typescript_exports = {};"));
  const code = text.indexOf(list) + list.length;
  return helpers + text.slice(code, text.indexOf("0 && (module.exports", code));
}

/** Exported name -> the name inside. */
function exportedNames(text) {
  const list = text.slice(0, text.indexOf("module.exports = __toCommonJS"));
  return new Map(
    [...list.matchAll(/^ {2}(\w+): \(\) => (\w+),?$/gm)].map(([, name, local]) => [name, local]),
  );
}

function usedNames(folder) {
  const used = new Set();
  for (const entry of readdirSync(folder, { recursive: true })) {
    if (!entry.endsWith(".js")) continue;
    for (const [, name] of readFileSync(join(folder, entry), "utf8").matchAll(/\bts\.(\w+)/g))
      if (names.has(name)) used.add(name);
  }
  return used;
}

/**
 * Tells esbuild what the compiler's authors know: that its top-level values can go when nobody reads them. Statements that
 * only fill namespaces and registries of the language service and the server are left out.
 */
function sideEffectFree(code) {
  const file = ts.createSourceFile("typescript.js", code, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS);
  const edits = [];
  for (const statement of file.statements) {
    if (ts.isVariableStatement(statement)) {
      for (const { initializer } of statement.declarationList.declarations) {
        if (
          initializer === undefined ||
          ts.isFunctionExpression(initializer) ||
          ts.isArrowFunction(initializer)
        )
          continue;
        edits.push([initializer.getStart(file), "/* @__PURE__ */ (() => ("], [initializer.end, "))()"]);
      }
    } else if (
      !ts.isFunctionDeclaration(statement) &&
      !ts.isClassDeclaration(statement) &&
      !isNeeded(statement, code, file)
    ) {
      edits.push([statement.getStart(file), "", statement.end]);
    }
  }
  let [result, from] = ["", 0];
  for (const [at, text, to = at] of edits.sort((a, b) => a[0] - b[0])) {
    result += code.slice(from, at) + text;
    from = to;
  }
  return result + code.slice(from);
}

function isNeeded(statement, code, file) {
  if (!ts.isExpressionStatement(statement)) return false;
  const start = code.slice(statement.getStart(file), statement.getStart(file) + 60);
  const namespaces =
    /^\(\((Debug|tracingEnabled|BinaryExpressionState|Parser|IncrementalParser|JsxNames|ReactNames)2\)/;
  return (
    namespaces.test(start) ||
    /^(_Version|valuesOfNonBinary|setObjectAllocator)/.test(start) ||
    start.startsWith('"use strict"')
  );
}
