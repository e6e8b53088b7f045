import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const here = fileURLToPath(new URL("..", import.meta.url));
const APP = 'import { main } from "@laconic/runtime/library";\n\nmain("Service", "described", []);\n';

/** The package as a user gets it: packed, and installed in an empty folder from the registry that npm is set up for. */
describe("the packed package", () => {
  let folder: string;
  const inFolder = (command: string, ...args: string[]): string =>
    execFileSync(command, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "laconic-rewrite-"));
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", folder, "--loglevel", "error"], {
      cwd: here,
      stdio: "pipe",
    });
    const [tarball] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
    writeFileSync(join(folder, "package.json"), '{ "name": "empty", "private": true, "type": "module" }');
    writeFileSync(join(folder, "app.ts"), APP);
    inFolder("npm", "install", "--no-audit", "--no-fund", "--loglevel", "error", `./${tarball}`);
  }, 240_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("brings no other package of this project, and no compiler", () => {
    expect(readdirSync(join(folder, "node_modules/@laconic"))).toEqual(["rewriter"]);
    expect(
      readdirSync(join(folder, "node_modules")).filter((name) => /typescript|ts-morph/.test(name)),
    ).toEqual([]);
  });

  it("previews, writes and reverts", () => {
    expect(inFolder("npx", "laconic-rewrite", "app.ts")).toContain("+export { dispatch as Lambda }");
    inFolder("npx", "laconic-rewrite", "app.ts", "--write");
    expect(readFileSync(join(folder, "app.ts"), "utf8")).toContain("dispatch as Lambda");
    inFolder("npx", "laconic-rewrite", "--revert");
    expect(readFileSync(join(folder, "app.ts"), "utf8")).toBe(APP);
  });

  it("takes patterns", () => {
    expect(inFolder("npx", "laconic-rewrite", "*.ts")).toContain("+++ b/app.ts");
  });

  it("is a library, with types that stand alone", () => {
    const script = [
      'import { rewrite, type RewriteResult } from "@laconic/rewriter";',
      'import { openFile, writeBack } from "@laconic/rewriter/file";',
      'const file = await openFile("app.ts", process.cwd());',
      "const result: RewriteResult = rewrite(file.source);",
      "console.log([result.edits.length, result.map.version, typeof writeBack].join(' '));",
    ].join("\n");
    writeFileSync(join(folder, "use.ts"), script);
    writeFileSync(
      join(folder, "use.mjs"),
      script.replace(", type RewriteResult", "").replace(": RewriteResult", ""),
    );
    expect(inFolder("node", "use.mjs")).toBe("1 3 function\n");
    const compiler = fileURLToPath(new URL("../../../node_modules/typescript/lib/tsc.js", import.meta.url));
    const types = fileURLToPath(new URL("../../../node_modules/@types", import.meta.url));
    const options = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--typeRoots",
      types,
      "--types",
      "node",
    ];
    expect(inFolder("node", compiler, ...options, "use.ts")).toBe("");
  });
});
