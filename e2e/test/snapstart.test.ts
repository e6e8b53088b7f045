import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePythonRuntime, pythonEnvironment, type RuntimeProcess, unpack } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apps, build } from "./laconic.js";

/** How long the credentials are good, in minutes; the client fetches other ones five minutes before they expire. */
const LIFETIME = 60;

/** A module round the package's own, whose clock is ahead of the machine's by the seconds in a file. */
const CLOCKED = `
import os, time

def ahead(machine=time.time):
    with open(os.environ["AHEAD"], encoding="utf-8") as seconds:
        return machine() + float(seconds.read())

time.time = ahead
from index import environment
`;

/** As Lambda's own endpoint: credentials for the one who has the token, other ones each time. */
function credentialsServer(seen: (string | undefined)[]): Server {
  return createServer((request, response) => {
    seen.push(request.headers.authorization);
    const number = seen.length;
    response.end(
      JSON.stringify({
        AccessKeyId: `AKID${number}`,
        SecretAccessKey: `secret${number}`,
        Token: `token${number}`,
        Expiration: new Date(Date.now() + LIFETIME * 60_000).toISOString(),
      }),
    );
  });
}

describe("a function with SnapStart", () => {
  const lines: string[] = [];
  const authorizations: (string | undefined)[] = [];
  const server = credentialsServer(authorizations);
  let taskDir: string;
  let sandbox: RuntimeProcess;

  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { folder, package: zip } = await build(join(apps, "console", "app.ts"));
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    await unpack(join(folder, zip), taskDir);
    await writeFile(join(taskDir, "clocked.py"), CLOCKED);
    await setClockAhead(0);
    sandbox = await preparePythonRuntime({
      taskDir,
      environment: await pythonEnvironment(),
      handler: "clocked.environment",
      env: {
        AHEAD: join(taskDir, "ahead"),
        AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start",
        AWS_ACCESS_KEY_ID: "",
        AWS_SECRET_ACCESS_KEY: "",
        AWS_SESSION_TOKEN: "",
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/credentials?a=b`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: "the token",
      },
      onLog: (line) => lines.push(line),
    });
    sandbox.spawn();
  });

  afterAll(async () => {
    await sandbox.close();
    server.close();
    await rm(taskDir, { recursive: true, force: true });
  });

  async function setClockAhead(minutes: number): Promise<void> {
    await writeFile(join(taskDir, "ahead"), String(minutes * 60));
  }

  async function variable(name: string): Promise<unknown> {
    return JSON.parse((await sandbox.invoke(JSON.stringify(name))).payload.toString());
  }

  it("sees the credentials of the container endpoint, fetched once", async () => {
    expect(await variable("AWS_ACCESS_KEY_ID")).toBe("AKID1");
    expect(await variable("AWS_SECRET_ACCESS_KEY")).toBe("secret1");
    expect(await variable("AWS_SESSION_TOKEN")).toBe("token1");
    expect(authorizations).toEqual(["the token"]);
  });

  it("ran the app's hooks round the snapshot, before the first request", () => {
    expect(lines).toEqual(["before the snapshot", "after the restore"]);
  });

  it("sees the next credentials once the first are about to expire", async () => {
    await setClockAhead(LIFETIME - 6);
    expect(await variable("AWS_ACCESS_KEY_ID")).toBe("AKID1");
    await setClockAhead(LIFETIME - 4);
    expect(await variable("AWS_ACCESS_KEY_ID")).toBe("AKID2");
    expect(authorizations).toHaveLength(2);
  });
});
