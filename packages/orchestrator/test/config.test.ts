import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadConfig } from "../src/config/load-config.js";
import { writeShim } from "../src/config/write-shim.js";

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "laconic-config-"));
});
afterEach(() => rm(project, { recursive: true, force: true }));

const write = (text: string, name = "laconic.config.ts") => writeFile(join(project, name), text);
const read = () => readFile(join(project, "laconic.config.ts"), "utf8");

describe("the configuration", () => {
  it("is empty where there is none", async () => {
    expect(await loadConfig(project)).toEqual({ path: undefined, config: {} });
  });

  it("is TypeScript, and keeps sections that others know", async () => {
    await write("type Shim = string;\nexport default { shim: 'node' as Shim, deploy: { bucket: 'b' } };\n");
    expect((await loadConfig(project)).config).toEqual({ shim: "node", deploy: { bucket: "b" } });
  });

  it("is read anew after it was written", async () => {
    await write("export default { shim: 'node' };\n");
    await loadConfig(project);
    await write("export default { shim: 'native' };\n");
    expect((await loadConfig(project)).config.shim).toBe("native");
  });

  it.each([
    ["LAC8012", "export default {;", /cannot be read/],
    ["LAC8012", "throw new Error('not today');", /not today/],
    ["LAC8013", "export default 5;", /an object/],
    ["LAC8013", "export default { shim: 'ruby' };", /"shim".*"python"/],
    ["LAC8013", "export default { wrapper: 'yes' };", /"wrapper"/],
    ["LAC8013", "export default { functions: { a: { shim: 1 } } };", /functions\.a\.shim/],
  ])("fails with %s for %j", async (code, text, message) => {
    await write(text);
    await expect(loadConfig(project)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    });
  });
});

describe("switching the shim", () => {
  it("makes the file where there is none", async () => {
    await writeShim(project, "native");
    expect(await read()).toMatchInlineSnapshot(`
      "import { defineConfig } from "@laconic/cli/config";

      export default defineConfig({
        shim: "native",
      });
      "
    `);
  });

  it("changes that one value, and keeps the rest as it was written", async () => {
    await write(
      'import { defineConfig } from "@laconic/cli/config";\n\n// Why node.\nexport default defineConfig({\n  shim: "node", // for now\n  functions: { a: { shim: "proxy" } },\n});\n',
    );
    await writeShim(project, "python");
    await writeShim(project, "native", "my-site");
    const text = await read();
    expect(text).toContain("// Why node.");
    expect(text).toMatch(/shim: "python", \/\/ for now/);
    expect(text).toContain('a: { shim: "proxy" }');
    expect(text).toMatch(/["']my-site["']: \{\s*shim: "native",?\s*\}/);
  });

  it("adds the functions to a file that names none", async () => {
    await write('export default {\n  shim: "node",\n};\n');
    await writeShim(project, "native", "two");
    expect((await loadConfig(project)).config).toEqual({
      shim: "node",
      functions: { two: { shim: "native" } },
    });
  });

  it("says what to write where the file cannot be edited", async () => {
    await write("const make = () => ({ shim: 'node' });\nexport default make();\n");
    await expect(writeShim(project, "native")).rejects.toMatchObject({
      code: "LAC8014",
      hint: expect.stringContaining('shim: "native"'),
    });
  });
});
