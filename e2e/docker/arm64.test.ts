import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { host, images, noDocker, runsArm64 } from "../../tools/docker/injected.js";
import { apps, build, type Built, laconic, scratchApp } from "../test/laconic.js";
import { invokeInContainer } from "./lambda-container.js";

const ARM64 = ["--platform", "linux/arm64"];

describe.skipIf(noDocker || !runsArm64)("a library for arm64, built on this machine", () => {
  let built: Built;
  beforeAll(async () => {
    process.env["DOCKER_HOST"] = host;
    built = await build(join(apps, "hello", "app.ts"), ...ARM64, "--builder", "local");
  });

  it("is one for arm64", () => expect(built.target.triple).toBe("aarch64-unknown-linux-gnu"));

  it("answers under an arm64 Python with glibc 2.31, emulated", async () => {
    const zip = join(built.folder, built.package);
    const calls = [
      ["hello", { name: "x" }, { hello: "x" }],
      ["add", { a: 1, b: 2 }, { sum: 3, by: "add" }],
    ] as const;
    for (const [fn, event, answer] of calls) {
      const { handler } = built.functions.find(({ name }) => name === fn)!;
      const [outcome] = await invokeInContainer({
        ...{ zip, handler, image: images.pythonArm64, platform: "linux/arm64", events: [event] },
      });
      expect({ kind: outcome?.kind, payload: JSON.parse(String(outcome?.payload)) }).toEqual({
        kind: "response",
        payload: answer,
      });
    }
  });

  it("has the same bytes when it is built in a container", async () => {
    const inDocker = ["--builder", "docker", "--image", images.python, "--no-network"];
    const contained = await build(join(apps, "hello", "app.ts"), ...ARM64, ...inDocker);
    for (const name of ["app.qbc", "app.lambda.so"]) {
      expect({ name, ...contained.artifacts[name] }).toEqual({ name, ...built.artifacts[name] });
    }
  });

  describe("that is invoked here", () => {
    let app: Awaited<ReturnType<typeof scratchApp>>;
    beforeAll(async () => {
      const entry = `import { lambda, main } from "@laconic/runtime/library";\nmain("S", "", [lambda("one", () => 1)]);\n`;
      app = await scratchApp({ "app.ts": entry });
    });
    afterAll(() => app.remove());

    it("is refused by name", async () => {
      const { stderr, exitCode } = await laconic(["invoke", app.file("app.ts"), "one", ...ARM64]);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("LAC8008") });
    });
  });
});
