import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Outside, packAll, root } from "./packed.js";

/**
 * KiB on the disk: 80 MB. What is in it: the engine 31 MB, esbuild 11, the validation of templates 10, all other packages of
 * ours with the libraries in them 13, and 12 of what they install.
 */
const BUDGET_KIB = 78_125;

const QUIET = "--no-audit --no-fund --loglevel=error";

describe("the packages, installed in a folder outside of the repository", () => {
  let app: Outside;
  let tarballs: string[];
  let tryIt: TryIt;

  beforeAll(async () => {
    tryIt = await readTryIt();
    app = await Outside.open({ "app.ts": tryIt.app });
    tarballs = await packAll(app.path("packed"));
    await app.succeed(`${tryIt.install.replace("~/laconic/packed", "./packed")} ${QUIET}`);
  });
  afterAll(() => app?.remove());

  it("have what npm's page and a user look for, and nothing of the work on them", async () => {
    for (const tarball of tarballs) {
      const files = (await app.succeed(`tar -tzf ${tarball}`)).trim().split("\n");
      expect(files, tarball).toEqual(
        expect.arrayContaining(["package/README.md", "package/LICENSE", "package/package.json"]),
      );
      const unwanted = files.filter((file) =>
        /\.[cm]?[jt]s\.map$|tsbuildinfo|\/(test|src)\/|(?<!\.d)\.ts$/.test(file.replace("package/", "/")),
      );
      expect(unwanted, tarball).toEqual([]);
      const manifest = JSON.parse(await app.succeed(`tar -xzOf ${tarball} package/package.json`));
      expect(manifest).toMatchObject({
        name: expect.stringMatching(/^@laconic\//),
        ...{ version: expect.any(String), description: expect.any(String), license: "Apache-2.0" },
      });
      expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(["devDependencies"]));
    }
  });

  it("are sound in publint's eyes", async () => {
    for (const tarball of tarballs) {
      const { buffer, byteOffset, byteLength } = await readFile(tarball);
      const bytes = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
      const { messages, pkg } = await publint({ pack: { tarball: bytes } });
      expect(
        messages.map((message) => formatMessage(message, pkg)),
        tarball,
      ).toEqual([]);
    }
  });

  it("take no more of the disk than they may", async () => {
    const [kib] = (await app.succeed("du -sk node_modules")).split("\t");
    expect(Number(kib)).toBeLessThan(BUDGET_KIB);
  });

  it("check, build and invoke the app by the README's lines", async () => {
    const [check, build, invoke, switched, bench, provision, ...others] = tryIt.commands;
    expect(others).toEqual([]);
    await app.succeed(check!);
    await app.succeed(build!);
    expect(JSON.parse(await app.succeed(invoke!))).toEqual({ hello: "x" });
    await app.succeed(switched!);
    expect(JSON.parse(await app.succeed(invoke!))).toEqual({ hello: "x" });
    await app.succeed(`${bench} --rounds 2 --requests 5`);
    // All of it but AWS.
    await app.succeed(`${provision} --noop --no-build`);
  });

  it("name the command to type where Docker's client is needed", async () => {
    const { exitCode, stderr } = await app.shell("npx laconic build app.ts --builder docker");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("LAC5021");
    expect(stderr).toContain("npm install -D dockerode");
    await app.succeed("npx laconic build app.ts --builder auto");
  });

  it.each([
    ["no TypeScript", undefined],
    ["TypeScript 7, which other programs cannot call", "typescript@7.0.2"],
  ])(
    "name the command to type where decorator metadata is asked for and there is %s",
    async (_, installed) => {
      for (const [name, text] of Object.entries(DECORATED_PROJECT)) await app.write(name, text);
      if (installed) await app.succeed(`npm install -D ${QUIET} ${installed}`);
      const { exitCode, stderr } = await app.shell("npx laconic build decorated.ts");
      expect(exitCode).toBe(1);
      expect(stderr).toContain("LAC2008");
      expect(stderr).toContain("decorated.ts:7:3");
      const [, command] = /→ Run: (npm install .*)/.exec(stderr) ?? [];
      await app.succeed(`${command} ${QUIET}`);
      expect(JSON.parse(await app.succeed("npx laconic invoke decorated.ts types"))).toEqual([
        ["Clock"],
        "function",
      ]);
      await app.succeed(`npm uninstall ${QUIET} typescript @typescript/typescript6`);
    },
  );

  it("never send anybody to the package that is called laconic on npm", async () => {
    const commands = [...(await app.succeed("npx laconic --help")).matchAll(/^ {2}([a-z]+) /gm)].map(
      ([, name]) => name,
    );
    expect(commands).toContain("provision");
    const suggested = `npx laconic|[\`]laconic (${commands.join("|")})|[\`]laconic-rewrite [a-z]+\\.ts`;
    const { stdout } = await app.shell(
      // Comments speak of the command by its name.
      `grep -rnaE '${suggested}' node_modules/@laconic --exclude=README.md | grep -vE ':[0-9]+:\\s*(/\\*\\*|\\*|//)'`,
    );
    expect(stdout).toBe("");
  });
});

/** Found through `extends`, and with a comment: as the compiler reads it. */
const DECORATED_PROJECT = {
  "tsconfig.json": '{ "extends": "./tsconfig.decorators.json" }',
  "tsconfig.decorators.json": `{
    // What NestJS asks for.
    "compilerOptions": { "experimentalDecorators": true, "emitDecoratorMetadata": true },
  }`,
  "decorated.ts": `import { lambda, main } from "@laconic/runtime/library";

const types: string[] = [];
Reflect.metadata = (_key, type) => () => void types.push(type.name);
class Clock {}
class Service {
  @injected clock!: Clock;
}
function injected() {}
main("Decorated", "has a decorator", [lambda("types", () => [types, typeof Service])]);
`,
};

/** What the README tells a reader to do with an app of their own. */
interface TryIt {
  readonly app: string;
  readonly install: string;
  readonly commands: readonly string[];
}

async function readTryIt(): Promise<TryIt> {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const section = readme.slice(readme.indexOf("## Try it"), readme.indexOf("## Measured"));
  const [, app] = /```ts\n([\s\S]*?)```/.exec(section) ?? [];
  const lines = [...section.matchAll(/^ {4}(np[mx] .*?)(?: +# .*)?$/gm)].map(([, line]) => line!);
  const [install, ...commands] = lines.slice(lines.findIndex((line) => line.startsWith("npm install")));
  return { app: app!, install: install!, commands };
}
