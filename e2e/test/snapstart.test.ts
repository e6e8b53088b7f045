import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { preparePythonRuntime, pythonEnvironment, type RuntimeProcess, unpack } from "@laconic/bench";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { apps, build } from "./laconic.js";

/** The client fetches credentials again five minutes before they expire. */
const EARLY = 300;
const LIFETIME = 3600;

/** Python: puts the process's clock ahead by the seconds that a file holds, so that no test waits for an hour. */
const SITE_CUSTOMIZE = `import os, time
_real = time.time
def _time():
    with open(os.environ["CLOCK_AHEAD"]) as file:
        return _real() + float(file.read())
time.time = _time
`;

/** As Lambda's own endpoint: credentials for the one who has the token, other ones each time. */
function credentialsServer(seen: (string | undefined)[], secondsAhead: () => number): Server {
  return createServer((request, response) => {
    seen.push(request.headers.authorization);
    const number = seen.length;
    response.end(
      JSON.stringify({
        AccessKeyId: `AKID${number}`,
        SecretAccessKey: `secret${number}`,
        Token: `token${number}`,
        Expiration: new Date(Date.now() + (secondsAhead() + LIFETIME) * 1000).toISOString(),
      }),
    );
  });
}

describe("a function with SnapStart", () => {
  const lines: string[] = [];
  const authorizations: (string | undefined)[] = [];
  let ahead = 0;
  const server = credentialsServer(authorizations, () => ahead);
  let taskDir: string;
  let clockDir: string;
  let sandbox: RuntimeProcess;

  beforeAll(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { folder, package: zip } = await build(join(apps, "console", "app.ts"));
    taskDir = await mkdtemp(join(tmpdir(), "laconic-e2e-"));
    await unpack(join(folder, zip), taskDir);
    clockDir = await mkdtemp(join(tmpdir(), "laconic-e2e-clock-"));
    await writeFile(join(clockDir, "sitecustomize.py"), SITE_CUSTOMIZE);
    await putAhead(0);
    sandbox = await preparePythonRuntime({
      taskDir,
      environment: await pythonEnvironment(),
      handler: "index.environment",
      env: {
        AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start",
        AWS_ACCESS_KEY_ID: "",
        AWS_SECRET_ACCESS_KEY: "",
        AWS_SESSION_TOKEN: "",
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/credentials?a=b`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: "the token",
        PYTHONPATH: clockDir,
        CLOCK_AHEAD: join(clockDir, "seconds"),
      },
      onLog: (line) => lines.push(line),
    });
    sandbox.spawn();
  });

  afterAll(async () => {
    await sandbox.close();
    server.close();
    for (const folder of [taskDir, clockDir]) await rm(folder, { recursive: true, force: true });
  });

  async function putAhead(seconds: number): Promise<void> {
    ahead = seconds;
    await writeFile(join(clockDir, "seconds"), String(seconds));
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

  it("keeps the credentials until five minutes before they expire, then fetches the next ones", async () => {
    await putAhead(LIFETIME - EARLY - 60);
    expect(await variable("AWS_ACCESS_KEY_ID")).toBe("AKID1");
    await putAhead(LIFETIME - EARLY + 60);
    expect(await variable("AWS_ACCESS_KEY_ID")).toBe("AKID2");
    expect(await variable("AWS_SECRET_ACCESS_KEY")).toBe("secret2");
    expect(authorizations).toHaveLength(2);
  });
});
