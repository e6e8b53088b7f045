import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePythonRuntime, pythonEnvironment, type RuntimeProcess, unpack } from "@laconic/bench";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IN_CHILD } from "./forked.js";
import { apps, build } from "./laconic.js";

/** Calls functions, runs SnapStart's hooks, and does the same in forked children: each step answers with JSON. */
const ROUTER = `import json
import os
import threading
import index
from snapshot_restore_py import get_after_restore, get_before_snapshot

# Copied: the runtime client empties these lists.
before, after = list(get_before_snapshot()), list(get_after_restore())

def handler(event, context):
    return [globals()[step](*arguments, context) for step, *arguments in event]

def call(fn, event, context):
    return json.loads(getattr(index, fn)(event, context))

def run_hooks(hooks, context):
    for function, args, kwargs in hooks:
        function(*args, **kwargs)

def snapshot(context):
    run_hooks(before, context)

def restore(context):
    run_hooks(after, context)

def in_fork(steps, context):
    return in_child(lambda: handler(steps, context))

${IN_CHILD}
def on_thread(steps, context):
    results = []
    thread = threading.Thread(target=lambda: results.extend(handler(steps, context)))
    thread.start()
    thread.join()
    return results
`;

type Step = readonly [string, ...unknown[]];

describe("connections and random numbers of a process that becomes another one", () => {
  const log: string[] = [];
  const http = createHttpServer((request, response) => {
    if (request.url !== "/never") response.end(String(request.socket.remotePort));
  });
  const sockets = new Set<Socket>();
  const tcp = createServer((socket) => {
    sockets.add(socket.on("close", () => sockets.delete(socket)).on("error", () => {}));
  });
  let ports: { tcp: number; http: number };
  let taskDir: string;
  let sandbox: RuntimeProcess;

  beforeAll(async () => {
    http.keepAliveTimeout = 600_000;
    for (const server of [tcp, http]) await once(server.listen(0, "127.0.0.1"), "listening");
    ports = { tcp: (tcp.address() as AddressInfo).port, http: (http.address() as AddressInfo).port };
    const { folder, package: zip } = await build(join(apps, "outgoing", "app.ts"));
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    await unpack(join(folder, zip), taskDir);
    await writeFile(join(taskDir, "router.py"), ROUTER);
    sandbox = await preparePythonRuntime({
      taskDir,
      environment: await pythonEnvironment(),
      handler: "router.handler",
      memorySize: 512,
      timeoutSeconds: 30,
      env: { AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" },
      onLog: (line) => log.push(line),
    });
    sandbox.spawn();
  });

  afterAll(async () => {
    await sandbox?.close();
    http.closeAllConnections();
    http.close();
    tcp.close();
    await rm(taskDir, { recursive: true, force: true });
  });

  async function run<Results extends unknown[]>(...steps: Step[]): Promise<Results> {
    const { kind, payload } = await sandbox.invoke(JSON.stringify(steps));
    if (kind === "error") throw new Error(payload.toString());
    return JSON.parse(payload.toString()) as Results;
  }

  const ask = (): Step => ["call", "ask", ports];
  const heard: Step = ["call", "heard", null];
  const draw: Step = ["call", "draw", null];

  beforeEach(async () => {
    await run(["call", "connect", ports], ["call", "leave_request", ports], heard);
    expect(sockets.size).toBeGreaterThanOrEqual(2);
  });

  it("closes every connection before a snapshot, and the app hears of it after the restore", async () => {
    const [first, again] = await run(ask(), ask());
    expect(again).toBe(first);
    await run(["snapshot"]);
    await expect.poll(() => sockets.size).toBe(0);
    const [, events, after] = await run(["restore"], heard, ask());
    expect((events as string[]).sort()).toEqual([
      "request: ECONNRESET",
      "socket closed",
      "socket: ECONNRESET",
    ]);
    expect(after).not.toBe(first);
  });

  it("closes those of a restore without a snapshot, and reports what nobody listened to", async () => {
    await run(["restore"]);
    await expect.poll(() => sockets.size).toBe(0);
    expect(log.join("\n")).toMatch(/Uncaught exception after its request had ended: Error: read ECONNRESET/);
    expect(await run(ask())).toEqual([expect.any(String)]);
  });

  it("lets go of them in a forked child, and keeps them in the parent", async () => {
    const connected = sockets.size;
    const [before, child, after, events] = await run(ask(), ["in_fork", [heard, ask()]], ask(), heard);
    const [inChild, asked] = child as [string[], string];
    expect(inChild.sort()).toEqual(["request: ECONNRESET", "socket closed", "socket: ECONNRESET"]);
    expect(asked).not.toBe(before);
    expect(after).toBe(before);
    expect(events).toEqual([]);
    expect(sockets.size).toBe(connected);
  });

  it("draws other random numbers in each process that was made from the same one", async () => {
    // Every thread that has drawn before is one that could repeat itself.
    const child: Step = ["in_fork", [["restore"], draw, ["on_thread", [draw]]]];
    const onThread: Step = ["on_thread", [draw, child, child, draw]];
    const results = await run(draw, child, child, draw, onThread);
    const drawn = results.flat(5);
    expect(drawn.filter((value) => value !== null)).toHaveLength(5 * (2 + 4 + 2 + 4));
    expect(new Set(drawn.filter((value) => value !== null)).size).toBe(5 * (2 + 4 + 2 + 4));
  });
});
