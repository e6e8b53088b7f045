import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NpmRegistry } from "./npm-registry.js";
import { Outside, packAll } from "./packed.js";

describe("the commands without an install", () => {
  let folder: Outside;
  let registry: NpmRegistry;

  beforeAll(async () => {
    folder = await Outside.open({ "app.ts": APP });
    registry = await NpmRegistry.serve(await packAll(folder.path("packed")));
    await folder.write(".npmrc", `@laconic:registry=${registry.url}\n`);
  });
  afterAll(async () => {
    await registry?.close();
    await folder?.remove();
  });

  // A cache of its own: npx takes what it ran before under the same name and version.
  const cache = () => ({ npm_config_cache: folder.path("cache") });
  const npx = (line: string) => folder.succeed(`npx --yes ${line}`, cache());

  it("run by the packages' names: @laconic/cli", async () => {
    expect(await npx("@laconic/cli --version")).toMatch(/^\d+\.\d+\.\d+\n$/);
    const outside = await folder.shell("npx --yes @laconic/cli check app.ts", cache());
    expect(outside).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("npm install @laconic/runtime"),
    });
  });

  it("run by the packages' names: @laconic/rewriter", async () => {
    expect(await npx("@laconic/rewriter app.ts")).toContain("+export { dispatch as Lambda }");
  });
});

const APP = `import { main } from "@laconic/runtime/library";
main("Small", "no functions", []);
`;
