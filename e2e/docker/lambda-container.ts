import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { connect as connectTo, createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  cacheFolder,
  lambdaEnvironment,
  madeOnce,
  type Outcome,
  RuntimeApiEmulator,
  unpack,
} from "@laconic/bench";
import { buildInContainer, connect } from "@laconic/docker-builder";
import { host } from "../../tools/docker/injected.js";

const run = promisify(execFile);

export interface ContainedInvocation {
  readonly zip: string;
  readonly handler: string;
  readonly image: string;
  readonly platform: "linux/amd64" | "linux/arm64";
  readonly events: readonly unknown[];
}

/**
 * Sends events to a package under AWS's runtime client, in a container that has Python 3.9, the client, and no network:
 * the Runtime API comes in through a socket in a mounted folder.
 */
export async function invokeInContainer(invocation: ContainedInvocation): Promise<Outcome[]> {
  const { zip, handler, image, platform, events } = invocation;
  const folder = await mkdtemp(join(tmpdir(), "laconic-lambda-"));
  const api = await RuntimeApiEmulator.start();
  const [name, port] = api.address.split(":");
  const bridge = createServer((client) => {
    const server = connectTo(Number(port), name);
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) socket.on("error", () => {});
  });
  const end = new AbortController();
  try {
    await mkdir(join(folder, "task"));
    await unpack(zip, join(folder, "task"));
    await copyFile(fileURLToPath(new URL("forward.py", import.meta.url)), join(folder, "forward.py"));
    bridge.listen(join(folder, "api.sock"));
    await once(bridge, "listening");
    const lines: string[] = [];
    const running = buildInContainer({
      ...{ workspace: folder, image, platform, network: false, signal: end.signal },
      command: ["python3", "/workspace/forward.py", "/workspace/api.sock", handler],
      mounts: [
        { host: join(folder, "task"), container: "/var/task", readOnly: true },
        { host: await runtimeClient(platform), container: "/opt/python", readOnly: true },
      ],
      env: environment(handler),
      onProgress: (line) => void lines.push(line),
      containerEngine: await connect({ env: { DOCKER_HOST: host }, home: "/nonexistent", uid: 0 }),
    });
    running.catch((error: Error) => api.runtimeExited(`${error.message}\n${lines.slice(-20).join("\n")}`));
    const outcomes: Outcome[] = [];
    for (const event of events) {
      outcomes.push(await api.invoke(JSON.stringify(event), { timeoutMs: 60_000 }));
    }
    end.abort(new Error("done"));
    await running.catch(() => {});
    return outcomes;
  } finally {
    end.abort(new Error("done"));
    bridge.close();
    await api.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function environment(handler: string): Record<string, string> {
  const place = {
    taskRoot: "/var/task",
    runtimeApi: "127.0.0.1:9001",
    executionEnvironment: "AWS_Lambda_python3.9",
  };
  return {
    ...lambdaEnvironment({ handler }, place),
    PYTHONPATH: "/opt/python:/var/task",
    PYTHONDONTWRITEBYTECODE: "1",
  };
}

/** The folder of AWS's runtime client for the image's Python 3.9, which has no pip: installed once for each platform. */
async function runtimeClient(platform: string): Promise<string> {
  const machine = platform === "linux/arm64" ? "aarch64" : "x86_64";
  const pinned = fileURLToPath(new URL("../../packages/bench/requirements.txt", import.meta.url));
  const requirements = await readFile(pinned, "utf8");
  const hash = createHash("sha256").update(requirements).digest("hex").slice(0, 16);
  const folder = join(cacheFolder(), `runtime-client-3.9-${machine}-${hash}`);
  const lines = requirements.split("\n");
  const packages = lines
    .filter((line) => line !== "" && !line.startsWith("#") && !line.includes('>= "3.10"'))
    .map((line) => line.split(";", 1)[0]!.trim());
  await madeOnce(folder, async (draft) => {
    await run("python3", [
      ...["-m", "pip", "install", "--quiet", "--no-input", "--no-deps", "--only-binary", ":all:"],
      ...["--target", draft, "--python-version", "3.9"],
      ...["manylinux2014", "manylinux_2_17"].flatMap((tag) => ["--platform", `${tag}_${machine}`]),
      ...packages,
    ]);
  });
  return folder;
}
