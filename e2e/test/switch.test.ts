import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Manifest } from "@laconic/orchestrator";
import { afterEach, describe, expect, it } from "vitest";
import { build, laconic, scratchApp } from "./laconic.js";

type App = Awaited<ReturnType<typeof scratchApp>>;
let app: App;
afterEach(() => app.remove());

const TWO = `import { lambda, main } from "@laconic/runtime/library";
main("Two", "", [lambda("one", () => 1), lambda("two", (event, context) => context.functionName)]);
`;

describe("the shim of an app", () => {
  it("is switched by one command, and the app's file stays as it was", async () => {
    app = await scratchApp({ "app.ts": TWO });
    for (const [shim, runtime] of [
      ["node", "nodejs22.x"],
      ["python", "python3.13"],
    ] as const) {
      const { exitCode, stderr } = await laconic(["switch", shim], { cwd: app.folder });
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(shim) });
      const built = await build(app.file("app.ts"));
      expect(built.functions[0]).toMatchObject({ name: "one", shim, runtime });
      const { stdout } = await laconic(["invoke", app.file("app.ts"), "two", "--no-build", "--json"]);
      expect(JSON.parse(stdout)).toMatchObject({ invocations: [{ kind: "response", payload: "two" }] });
    }
    expect(await readFile(app.file("app.ts"), "utf8")).toBe(TWO);
  });

  it("may differ between the functions of one service: each has its package", async () => {
    app = await scratchApp({ "app.ts": TWO });
    await laconic(["switch", "python"], { cwd: app.folder });
    await laconic(["switch", "node", "--function", "two"], { cwd: app.folder });
    const { functions, packages } = await build(app.file("app.ts"));
    expect(packages).toEqual({ python: "app.zip", node: "app.node.zip" });
    expect(functions).toMatchObject([
      { name: "one", shim: "python", package: "app.zip", handler: "index.one" },
      { name: "two", shim: "node", package: "app.node.zip", handler: "index.two", runtime: "nodejs22.x" },
    ]);
    for (const [fn, answer] of [
      ["one", 1],
      ["two", "two"],
    ] as const) {
      const { stdout } = await laconic(["invoke", app.file("app.ts"), fn, "--no-build", "--json"]);
      expect(JSON.parse(stdout)).toMatchObject({ invocations: [{ kind: "response", payload: answer }] });
    }
  });

  it("--shim wins over the configuration", async () => {
    app = await scratchApp({ "app.ts": TWO, "laconic.config.mjs": 'export default { shim: "python" };\n' });
    expect((await build(app.file("app.ts"), "--shim", "proxy")).shim).toBe("proxy");
  });

  it("is refused when the configuration names a function that there is not", async () => {
    const config = 'export default { shim: "node", functions: { three: { shim: "proxy" } } };\n';
    app = await scratchApp({ "app.ts": TWO, "laconic.config.mjs": config });
    const { exitCode, stderr } = await laconic(["build", app.file("app.ts")]);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/LAC8002.*"three"/),
    });
  });
});

describe("auto", () => {
  it("takes the library for an app that it can hold, and says so", async () => {
    app = await scratchApp({ "app.ts": TWO });
    const { stderr, exitCode } = await laconic(["build", app.file("app.ts"), "--shim", "auto"]);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("shim python:"),
    });
  });

  it("takes Node for an app with a native addon, names it, and packs the addon", async () => {
    app = await scratchApp({
      "app.ts": `import { hashSync, compareSync } from "bcrypt";
import { lambda, main } from "@laconic/runtime/library";
main("Hash", "", [lambda("hash", (event) => compareSync(event.text, hashSync(event.text, 4)))]);
`,
      "laconic.config.ts": 'export default { shim: "auto" };\n',
    });
    const { stderr, exitCode } = await laconic(["build", app.file("app.ts")]);
    expect({ exitCode, stderr }).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/shim node:.*bcrypt/),
    });
    const manifest = JSON.parse(
      await readFile(join(app.folder, ".laconic/manifest.json"), "utf8"),
    ) as Manifest;
    expect(manifest.functions).toMatchObject([{ shim: "node", runtime: "nodejs22.x" }]);
    const invoked = await laconic([
      "invoke",
      app.file("app.ts"),
      "hash",
      '{"text":"x"}',
      "--no-build",
      "--json",
    ]);
    expect(JSON.parse(invoked.stdout)).toMatchObject({ invocations: [{ kind: "response", payload: true }] });
  });
});
