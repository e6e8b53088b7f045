import { writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, findRuntime, type Outcome, unpack } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apps, build, type Built } from "./laconic.js";
import { shims } from "./shims.js";

const HEAD = "application/vnd.awslambda.http-integration-response";
const request = { version: "2.0", rawPath: "/end", headers: {}, requestContext: { http: { method: "GET" } } };

describe.each(shims)("streamed responses: $shim", ({ shim, runtime, frames, streams }) => {
  let folder: string;
  let built: Built;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    built = await build(
      join(apps, "streams", "app.ts"),
      "--shim",
      shim,
      "--out-dir",
      join(folder, "artifacts"),
    );
    await unpack(join(built.folder, built.package), join(folder, "task"));
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function invoke(fn: string, event: unknown = {}): Promise<Outcome> {
    const { handler } = built.functions.find(({ name }) => name === fn)!;
    const { prepare } = await findRuntime(runtime);
    const release = join(folder, `release-${fn}`);
    const env = {
      LACONIC_PROXY_PORT: String(await freePort()),
      // Where responses go out whole, no byte comes before the function has ended.
      ...(streams && { RELEASE_FILE: release }),
    };
    const sandbox = await prepare({ taskDir: join(folder, "task"), handler, functionName: fn, env });
    try {
      sandbox.spawn();
      const outcome = await sandbox.invoke(JSON.stringify(event), {
        onFirstByte: () => writeFileSync(release, ""),
      });
      // The connection is good for another one, whatever the first one did.
      const next = await sandbox.invoke(JSON.stringify(event));
      expect(next.kind).toBe(outcome.kind);
      return outcome;
    } finally {
      await sandbox.close();
    }
  }

  /** Prelude and body of a response with the head of an HTTP response in front. */
  function split({ payload }: Outcome): { prelude: unknown; body: string } {
    const end = payload.indexOf(Buffer.alloc(8));
    return { prelude: JSON.parse(payload.toString("utf8", 0, end)), body: payload.toString("utf8", end + 8) };
  }

  if (streams) {
    it.each(["written", "returned"])("%s: the first byte leaves before the handler ends", async (fn) => {
      const outcome = await invoke(fn);
      expect(outcome).toMatchObject({ kind: "response", payload: Buffer.from("first last") });
    });

    it.each([
      ["fetched", { statusCode: 201, headers: { "content-type": "text/plain", "x-one": "1" } }],
      ["listened", { statusCode: 202, headers: { "content-type": "text/plain" }, cookies: ["a=1", "b=2"] }],
    ])("%s: head, eight zero bytes, body", async (fn, head) => {
      const outcome = await invoke(fn, request);
      expect(outcome).toMatchObject({ kind: "response", contentType: HEAD });
      expect(split(outcome)).toMatchObject({ prelude: head, body: "first /end" });
    });

    it("an error after the head is in the trailers, and what was sent before stays", async () => {
      const { kind, payload, partial } = await invoke("broken");
      expect(kind).toBe("error");
      expect(JSON.parse(payload.toString())).toMatchObject({
        errorType: "TypeError",
        errorMessage: "no more",
        [frames]: expect.any(Array),
      });
      expect(partial?.toString()).toBe("some");
    });
  } else {
    it("sends the same bytes when they are whole", async () => {
      expect((await invoke("written")).payload.toString()).toBe('"first last"');
      expect((await invoke("returned")).payload.toString()).toBe('"first last"');
      expect(JSON.parse((await invoke("fetched", request)).payload.toString())).toMatchObject({
        statusCode: 201,
        body: "first /end",
      });
      expect(JSON.parse((await invoke("listened", request)).payload.toString())).toMatchObject({
        statusCode: 202,
        body: "first /end",
      });
      expect(await invoke("broken")).toMatchObject({ kind: "error" });
    });
  }

  it("whole: a value goes out as one", async () => {
    const outcome = await invoke("whole", { n: 1 });
    expect(outcome).toMatchObject({ kind: "response", payload: Buffer.from('{"n":2}') });
  });
});
