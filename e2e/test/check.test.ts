import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { apps, laconic, scratchApp } from "./laconic.js";

const removals: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const remove of removals.splice(0)) await remove();
});

async function app(files: Readonly<Record<string, string>>) {
  const made = await scratchApp(files);
  removals.push(made.remove);
  return made;
}

interface Finding {
  readonly kind: string;
  readonly module: string;
  readonly name?: string;
  readonly reached: "load" | "maybe";
  readonly location: { readonly file: string };
}

async function findings(entry: string): Promise<{ exitCode: number; found: Finding[] }> {
  const { exitCode, stdout } = await laconic(["check", entry, "--json"]);
  return { exitCode, found: (JSON.parse(stdout) as { findings: Finding[] }).findings };
}

const MAIN = `import { lambda, main } from "@laconic/runtime/library";
main("Small", "one function", [lambda("one", () => 1)]);
`;
const AT_LOAD = `import { DatabaseSync } from "node:sqlite";\nnew DatabaseSync(":memory:");\n${MAIN}`;
const PERHAPS = `export const late = () => import("node:sqlite");\n${MAIN}`;

describe("laconic check", () => {
  it.each(["hello", "hono-zod", "koa"])("finds nothing lacking in the sample app %s", async (name) => {
    expect(await findings(join(apps, name, "app.ts"))).toEqual({ exitCode: 0, found: [] });
  });

  it("says the same as the build that fails for it", async () => {
    const { file } = await app({ "app.ts": AT_LOAD });
    const checked = await laconic(["check", file("app.ts")]);
    const built = await laconic(["build", file("app.ts")]);
    expect({ checked: checked.exitCode, built: built.exitCode }).toEqual({ checked: 1, built: 1 });
    for (const said of [checked.stdout, built.stderr]) {
      expect(said).toContain('LAC2001 The Node built-in "node:sqlite" is not available in the library:');
      expect(said).toMatch(/app\.ts:1:30\n *1 \| import \{ DatabaseSync \} from "node:sqlite";\n +\^/);
      expect(said).toContain("managed Node runtime");
    }
    expect(await readFile(file("app.ts"), "utf8")).toBe(AT_LOAD);
  });

  it("passes what may only perhaps be reached, except with --strict, and so does the build, with a word about it", async () => {
    const { file } = await app({ "app.ts": PERHAPS });
    const codes = [["check"], ["check", "--strict"], ["build"]].map(async ([command, ...flags]) =>
      laconic([command!, file("app.ts"), ...flags]),
    );
    const [checked, strict, built] = await Promise.all(codes);
    expect([checked!.exitCode, strict!.exitCode, built!.exitCode]).toEqual([0, 1, 0]);
    expect(checked!.stdout).toContain("app.ts can be built.  0 lacking at load, 1 lacking where");
    expect(built!.stderr).toContain("npx @laconic/cli check");
  });

  it("finds the entry by itself", async () => {
    const { folder } = await app({ "src/app.ts": AT_LOAD });
    const { exitCode, stdout } = await laconic(["check"], { cwd: folder });
    expect(exitCode).toBe(1);
    expect(stdout).toContain("src/app.ts:1:30");
    const empty = await app({});
    const nothing = await laconic(["check"], { cwd: empty.folder });
    expect(nothing).toMatchObject({ exitCode: 1, stdout: "" });
    expect(nothing.stderr).toMatch(/LAC8001.*no entry module/);
  });

  it("gives machines the documented shape", async () => {
    const { file } = await app({ "app.ts": AT_LOAD });
    const { stdout } = await laconic(["check", file("app.ts"), "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      entry: "app.ts",
      ok: false,
      findings: [
        {
          kind: "builtin",
          code: "LAC2001",
          module: "node:sqlite",
          message: expect.any(String) as string,
          hint: expect.any(String) as string,
          reached: "load",
          location: {
            file: "app.ts",
            line: 1,
            column: 30,
            lineText: 'import { DatabaseSync } from "node:sqlite";',
          },
          importChain: ["app.ts"],
          uses: 1,
        },
      ],
      builtins: expect.arrayContaining([{ module: "node:sqlite", support: "unsupported" }]) as unknown,
    });
  });

  it("tells what cannot be bundled at all", async () => {
    const { file } = await app({ "app.ts": `import x from "left-out";\nx();\n${MAIN}` });
    const { exitCode, stderr } = await laconic(["check", file("app.ts")]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/LAC2002.*left-out/);
  });

  it("explains its exit codes and its words", async () => {
    const { exitCode, stdout } = await laconic(["check", "--help"]);
    expect(exitCode).toBe(0);
    for (const text of ["at load", "maybe", "--strict", "--json", "Exit code"])
      expect(stdout).toContain(text);
    expect((await laconic(["check", "--nonsense"])).exitCode).toBe(2);
  });
});

describe("what laconic check finds in packages of the world", () => {
  async function inPackage(name: string): Promise<{ exitCode: number; found: string[] }> {
    const { file } = await app({ "app.ts": `import * as all from "${name}";\nconsole.log(all);\n${MAIN}` });
    const { exitCode, found } = await findings(file("app.ts"));
    const what = found.map(
      ({ kind, module, name, reached }) => `${reached} ${kind} ${module}${name ? `#${name}` : ""}`,
    );
    return { exitCode, found: what };
  }

  it("the addon that bcrypt loads at once", async () => {
    expect(await inPackage("bcrypt")).toMatchObject({
      exitCode: 1,
      found: expect.arrayContaining(["load native-addon bcrypt"]) as unknown,
    });
  });

  it("the addons that @node-rs/argon2 tries one after the other", async () => {
    const { exitCode, found } = await inPackage("@node-rs/argon2");
    expect(exitCode).toBe(0);
    expect(found).toContain("maybe native-addon @node-rs/argon2");
  });

  it("the threads of piscina, which starts them when it is given work", async () => {
    const { exitCode, found } = await inPackage("piscina");
    expect(exitCode).toBe(0);
    expect(found).toContain("maybe export node:worker_threads#Worker");
  });

  it("nothing at load in jose, which asks for streams only to compress", async () => {
    const { exitCode, found } = await inPackage("jose");
    expect(exitCode).toBe(0);
    expect(found.filter((one) => !one.startsWith("maybe global globalThis#"))).toEqual([]);
  });
});
