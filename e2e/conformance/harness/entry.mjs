// The few lines that make a Laconic service of an app.
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { suiteFolder } from "./apps.mjs";

/** The one function of every service of this suite. */
export const FUNCTION = "app";

/** Where what belongs to an app is kept. @param {import("./apps.mjs").App} app */
export function workFolder(app) {
  return join(suiteFolder, ".laconic", app.name);
}

/**
 * @param {import("./apps.mjs").App} app
 * @param {"library" | "node"} runtime
 * @returns {Promise<string>} path of the written entry module
 */
export async function writeEntry(app, runtime) {
  const path = join(workFolder(app), `${runtime}.mjs`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, entryText(app, runtime, dirname(path)));
  return path;
}

function entryText({ name, kind, module }, runtime, folder) {
  const from = (file) => JSON.stringify(relative(folder, file));
  const packageName = runtime === "library" ? "@laconic/runtime/library" : "@laconic/runtime";
  const register = {
    app: `http("${FUNCTION}", app)`,
    handler: `lambda("${FUNCTION}", handler, { shape: "event" })`,
    cases: `lambda("${FUNCTION}", caseHandler(cases))`,
  }[kind];
  return [
    `import { ${kind === "app" ? "http" : "lambda"}, main } from "${packageName}";`,
    `import { ${kind} } from ${from(module)};`,
    ...(kind === "cases"
      ? [`import { caseHandler } from ${from(join(suiteFolder, "harness/case-handler.mjs"))};`]
      : []),
    ``,
    runtime === "library"
      ? `main("conformance", "${name}", [${register}]);`
      : `export const entry = main("conformance", "${name}", [${register}]).handler("${FUNCTION}");`,
    ``,
  ].join("\n");
}
