import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePythonRuntime, pythonEnvironment, type RuntimeProcess, unpack } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { faults, type Fault } from "./faults.js";
import { apps, build } from "./laconic.js";

/** Any function of the package, chosen by the event, so that one process meets all the faults. */
const ROUTER = `import threading
import index

def handler(event, context):
    return getattr(index, event["fn"].replace("-", "_"))(event.get("event"), context)

def on_small_stack(event, context):
    answers = []
    def run():
        try:
            answers.append((handler(event, context), None))
        except Exception as error:
            answers.append((None, error))
    threading.stack_size(64 * 1024)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    answer, error = answers[0]
    if error:
        raise error
    return answer
`;

interface Failed {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace: readonly string[];
}

describe.each(["handler", "on_small_stack"])("one process that meets every fault: %s", (handler) => {
  const log: string[] = [];
  let taskDir: string;
  let running: RuntimeProcess;

  beforeAll(async () => {
    const { folder, package: zip } = await build(join(apps, "faults", "app.ts"));
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    await unpack(join(folder, zip), taskDir);
    await writeFile(join(taskDir, "router.py"), ROUTER);
    running = await preparePythonRuntime({
      taskDir,
      environment: await pythonEnvironment(),
      handler: `router.${handler}`,
      memorySize: 128,
      onLog: (line) => log.push(line),
    });
    running.spawn();
  });

  afterAll(async () => {
    await running.close();
    await rm(taskDir, { recursive: true, force: true });
  });

  // The deadline is the function's to keep. It is killed much later, because a busy machine answers late.
  async function invoke(fn: string, event: unknown, timeMs = 30_000) {
    const until = { deadlineMs: Date.now() + timeMs, timeoutMs: timeMs + 30_000 };
    const { kind, payload } = await running.invoke(JSON.stringify({ fn, event }), until);
    return { kind, payload: JSON.parse(payload.toString()) as unknown };
  }

  // How long a request takes has nothing to do with the stack: those that run out of time do so once.
  const met = handler === "handler" ? faults : faults.filter(({ timeoutMs }) => timeoutMs === undefined);
  it.each(met)("$fn, then a correct request", async (fault) => {
    check(fault, await invoke(fault.fn, null, fault.timeoutMs));
    expect(await invoke("right", { n: 7 })).toEqual({ kind: "response", payload: { right: true, n: 7 } });
    expect(running.alive).toBe(true);
  });

  it("reported what no request was there to be told", () => {
    const text = log.join("\n");
    expect(text).toMatch(
      /[\da-f-]{36}\tUncaught exception after its request had ended: Error: from an earlier request/,
    );
    expect(text).toMatch(
      /[\da-f-]{36}\tUncaught exception after its request had ended: Error: from a finalizer/,
    );
    expect(text).toMatch(/[\da-f-]{36}\tUnhandled promise rejection: Error: from an earlier request/);
  });
});

function check(
  { fails, answers, trace = [] }: Fault,
  { kind, payload }: { kind: string; payload: unknown },
): void {
  if (!fails) {
    expect({ kind, payload }).toEqual({ kind: "response", payload: answers });
    return;
  }
  expect(kind).toBe("error");
  const { errorType, errorMessage, stackTrace } = payload as Failed;
  expect(errorType).toMatch(fails.errorType);
  expect(errorMessage).toMatch(fails.errorMessage);
  expect(stackTrace).toEqual(expect.any(Array));
  let rest = stackTrace;
  for (const line of trace) {
    const found = rest.findIndex((frame) => line.test(frame));
    expect(found, `${line} in ${JSON.stringify(rest)}`).toBeGreaterThanOrEqual(0);
    rest = rest.slice(found + 1);
  }
}
