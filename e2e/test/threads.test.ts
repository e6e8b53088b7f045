import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePythonRuntime, pythonEnvironment, type RuntimeProcess, unpack } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IN_CHILD } from "./forked.js";
import { apps, build } from "./laconic.js";

/** What a host can do to the library from Python; each part answers with what it saw, as JSON. */
const ROUTER = `import json
import os
import tempfile
import threading
import time
import index

def handler(event, context):
    return globals()[event](context)

def at_once(context):
    wrong = []
    def run(thread):
        for number in range(200):
            answer = json.loads(index.right({"n": thread * 1000 + number}, context))
            if answer != {"right": True, "n": thread * 1000 + number}:
                wrong.append(answer)
    threads = [threading.Thread(target=run, args=(thread,)) for thread in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong

${IN_CHILD}
def fork_at_rest(context):
    index.random(None, context)
    children = [in_child(lambda: json.loads(index.random(None, context))) for _ in range(2)]
    waited = in_child(lambda: json.loads(index.waits(None, context)))
    return {"numbers": [*children, json.loads(index.random(None, context))], "waited": waited}

def fork_while_busy(context):
    answers = []
    with tempfile.TemporaryDirectory() as folder:
        files = {"begun": os.path.join(folder, "begun"), "end": os.path.join(folder, "end")}
        thread = threading.Thread(target=lambda: answers.append(json.loads(index.holds(files, context))))
        thread.start()
        while not os.path.exists(files["begun"]):
            time.sleep(0.001)
        child = in_child(lambda: json.loads(index.right({"n": 1}, context)))
        open(files["end"], "w").close()
        thread.join()
    return {"child": child, "thread": answers, "after": json.loads(index.right({"n": 2}, context))}
`;

describe("a library that several threads and processes use", () => {
  let taskDir: string;
  let running: RuntimeProcess;

  beforeAll(async () => {
    const { folder, package: zip } = await build(join(apps, "faults", "app.ts"));
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    await unpack(join(folder, zip), taskDir);
    await writeFile(join(taskDir, "router.py"), ROUTER);
    const environment = await pythonEnvironment();
    running = await preparePythonRuntime({
      taskDir,
      environment,
      handler: "router.handler",
      timeoutSeconds: 30,
    });
    running.spawn();
  });

  afterAll(async () => {
    await running.close();
    await rm(taskDir, { recursive: true, force: true });
  });

  async function run(part: string): Promise<unknown> {
    const { payload } = await running.invoke(JSON.stringify(part));
    return JSON.parse(payload.toString());
  }

  it("answers all of eight threads right", async () => {
    expect(await run("at_once")).toEqual([]);
  });

  it("goes on in a forked child, with random numbers of its own", async () => {
    const { numbers, waited } = (await run("fork_at_rest")) as { numbers: number[]; waited: string };
    expect(new Set(numbers).size).toBe(3);
    expect(waited).toBe("waited");
  });

  it("refuses in a child that was forked while a thread was inside, and goes on in the parent", async () => {
    expect(await run("fork_while_busy")).toEqual({
      child: "ForkedWhileBusy",
      thread: ["held"],
      after: { right: true, n: 2 },
    });
  });
});
