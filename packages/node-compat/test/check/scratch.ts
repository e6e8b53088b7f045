import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { check, type CompatibilityReport } from "../../src/index.js";

export type Files = Readonly<Record<string, string>>;

/** Checks an app of these files; its entry is `app.ts`. */
export async function checkFiles(
  files: Files,
  requires: readonly string[] = [],
): Promise<CompatibilityReport> {
  const root = mkdtempSync(join(tmpdir(), "laconic-check-"));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const outfile = join(root, ".laconic", "app.mjs");
    return await check({ entry: join(root, "app.ts"), root, requires, outfile });
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** `reached module#name file:line:column` of each finding. */
export async function briefly(files: Files | string): Promise<string[]> {
  const { findings } = await checkFiles(typeof files === "string" ? { "app.ts": files } : files);
  return findings.map(({ reached, module, name, location }) => {
    const what = name === undefined ? module : `${module}#${name}`;
    return `${reached} ${what} ${location!.file}:${location!.line}:${location!.column}`;
  });
}
