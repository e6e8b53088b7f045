import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePythonRuntime, pythonEnvironment, type RuntimeProcess, unpack } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apps, build } from "./laconic.js";
import { startServers, type Servers } from "./outgoing-servers.js";

type Scenarios = Record<string, (servers: Servers) => Promise<unknown>>;

const app = join(apps, "outgoing");
/** The very files that are built into the library: Node running them is the reference. */
const { scenarios } = (await import(join(app, "scenarios.ts"))) as { scenarios: Scenarios };

describe("what goes out of the library, beside the same code in Node", () => {
  let servers: Servers;
  let close: () => Promise<void>;
  let taskDir: string;
  let sandbox: RuntimeProcess;

  beforeAll(async () => {
    ({ servers, close } = await startServers());
    const { folder, package: zip, functions } = await build(join(app, "app.ts"));
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    await unpack(join(folder, zip), taskDir);
    const { handler } = functions.find(({ name }) => name === "run")!;
    sandbox = await preparePythonRuntime({
      taskDir,
      environment: await pythonEnvironment(),
      handler,
      functionName: "run",
    });
    sandbox.spawn();
  });

  afterAll(async () => {
    await sandbox?.close();
    await close?.();
    await rm(taskDir, { recursive: true, force: true });
  });

  async function inLibrary(scenario: string, given: Servers = servers): Promise<unknown> {
    const { kind, payload } = await sandbox.invoke(JSON.stringify({ scenario, servers: given }), {
      timeoutMs: 20_000,
    });
    const result: unknown = JSON.parse(payload.toString());
    if (kind === "error") throw new Error(`${scenario}: ${JSON.stringify(result)}`);
    return result;
  }

  it.each(Object.keys(scenarios))("%s", async (scenario) => {
    const inNode: unknown = JSON.parse(JSON.stringify(await scenarios[scenario]!(servers)));
    expect(await inLibrary(scenario)).toEqual(inNode);
  });

  it("takes no dead connection out of a pool after the server went away", async () => {
    const first = await startServers();
    await inLibrary("GET", first.servers);
    await inLibrary("fetch", first.servers);
    await first.close();
    // The same port, so that the pools would find what they kept.
    const second = await startServers(first.servers.http);
    expect(await inLibrary("GET", second.servers)).toMatchObject({ statusCode: 200 });
    expect(await inLibrary("fetch", second.servers)).toMatchObject({ status: 200 });
    await second.close();
  });

  it("keeps a request that waits for nothing from waiting for an idle connection", async () => {
    await inLibrary("GET");
    const { kind, payload } = await sandbox.invoke(JSON.stringify({ scenario: "none", servers }), {
      timeoutMs: 20_000,
    });
    expect(kind).toBe("error");
    expect(JSON.parse(payload.toString())).toMatchObject({ errorType: "NeverSettled" });
  });
});
