import { request } from "node:http";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Provisioned, StackStatus } from "@laconic/provisioner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inventory } from "../../tools/aws/inventory.mjs";
import { startMinistack, type Ministack } from "../../tools/aws/ministack.mjs";
import { apps, laconic, scratchApp, type Ended } from "./laconic.js";

const FAST = ["--poll", "50"];
/** Several builds and deployments: this limit only ends what hangs. */
const LONG = 900_000;

let aws: Ministack;
beforeAll(async () => {
  aws = await startMinistack();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-west-1",
  });
});
afterAll(() => aws?.stop());

function json<T>({ exitCode, stdout, stderr }: Ended, expected = 0): T {
  expect(exitCode, `${stdout}\n${stderr}`).toBe(expected);
  return JSON.parse(stdout) as T;
}

async function provision(entry: string, ...args: string[]): Promise<Provisioned> {
  return json(await laconic(["provision", entry, "--yes", "--json", ...FAST, ...args]));
}

async function remove(entry: string, ...args: string[]): Promise<Ended> {
  return laconic(["delete", entry, "--yes", "--json", ...FAST, ...args]);
}

/** The emulator serves every host at its one port; a REST API it knows by another name than AWS's. */
function get(url: string, path: string): Promise<{ status: number; body: string }> {
  const { host: named, pathname } = new URL(url);
  const host = named.replace(/execute-api\..*\.amazonaws\.com$/, "execute-api.localhost");
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: "127.0.0.1", port: aws.port, path: `${pathname.replace(/\/$/, "")}${path}`, headers: { host } },
      (response) => {
        let body = "";
        response.on("data", (text: Buffer) => (body += text.toString()));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    asking.once("error", reject);
    asking.end();
  });
}

describe("an app from nothing to nothing", () => {
  it(
    "deploys hello, answers at its Function URL, shows its state, and leaves nothing",
    async () => {
      const entry = join(apps, "hello/app.ts");
      const before = await inventory(aws.endpoint);
      const made = await provision(entry);
      expect(made).toMatchObject({ stackName: "HelloService", outcome: "created", package: { isNew: true } });
      expect(Object.keys(made.steps)).toEqual([
        "identity",
        "package",
        "template",
        "verify",
        "bucket",
        "upload",
        "change set",
        "stack",
      ]);
      expect(await get(made.outputs["SiteUrl"]!, "/greet?name=you")).toEqual({
        status: 200,
        body: '{"greeting":"hello, you"}',
      });

      const again = await provision(entry, "--no-build");
      expect(again).toMatchObject({ outcome: "unchanged", changes: [], package: { isNew: false } });
      const same = json(await laconic(["diff", entry, "--no-build", "--json"]));
      expect(same).toEqual({ stackName: "HelloService", differences: [] });

      const state = json<StackStatus>(await laconic(["status", entry, "--json"]));
      expect(state).toMatchObject({
        status: "CREATE_COMPLETE",
        tags: { "io:laconic:service": "HelloService" },
        outputs: made.outputs,
      });

      const kept = json(await laconic(["delete", entry, "--noop", "--json"]));
      expect(kept).toMatchObject({ removed: false, kept: [] });
      expect(json<StackStatus>(await laconic(["status", entry, "--json"])).status).toBe("CREATE_COMPLETE");

      expect(json(await remove(entry))).toMatchObject({ removed: true, objects: 1 });
      expect(await inventory(aws.endpoint)).toEqual(before);
    },
    LONG,
  );

  it(
    "deploys Express",
    async () => {
      const entry = join(apps, "express/app.ts");
      const made = await provision(entry);
      const [, url] = Object.entries(made.outputs).find(([name]) => name.endsWith("Url"))!;
      expect((await get(url, "/no-such-path")).status).toBe(404);
      json(await remove(entry));
    },
    LONG,
  );

  it(
    "deploys one of every event source, answers at both APIs, and keeps what is to be kept",
    async () => {
      const entry = join(apps, "events/app.ts");
      const before = await inventory(aws.endpoint);
      const made = await provision(entry);
      expect(await get(made.outputs["HttpApiUrl"]!, "/orders/7")).toEqual({
        status: 200,
        body: '{"path":"/orders/7"}',
      });
      expect(await get(made.outputs["RestApiUrl"]!, "/orders/7")).toEqual({ status: 200, body: "rest" });
      const removed = json<{ kept: { logicalId: string }[] }>(await remove(entry));
      expect(removed.kept.map(({ logicalId }) => logicalId)).toEqual(["OrdersTable"]);
      const after = await inventory(aws.endpoint);
      expect(after["dynamodb TableNames"]).toEqual([made.outputs["OrdersTableName"]]);
      expect({ ...after, "dynamodb TableNames": [] }).toEqual(before);
    },
    LONG,
  );
});

const APP = (answer: string, options = "{}") => `
import { http, main } from "@laconic/runtime/library";
main("ChangingService", "Changes", [http("site", () => new Response(${JSON.stringify(answer)}), ${options})]);
`;

const GONE = `export default {
  template(template) {
    template.Resources.SiteUrl.Properties.TargetFunctionArn = "arn:aws:lambda:eu-west-1:000000000000:function:gone";
  },
};`;

describe("an app that changes", () => {
  it(
    "is updated, rolled back when an update fails, and told apart by its stage",
    async () => {
      const app = await scratchApp({ "app.ts": APP("one"), "gone.mjs": GONE });
      const entry = app.file("app.ts");
      try {
        const first = await provision(entry, "--stage", "dev", "--tags", "team=web,cost=42");
        expect(first.stackName).toBe("ChangingService-dev");
        expect((await get(first.outputs["SiteUrl"]!, "/")).body).toBe("one");

        await writeFile(entry, APP("two", "{ memorySize: 256 }"));
        const differing = await laconic([
          "diff",
          entry,
          "--stage",
          "dev",
          "--tags",
          "team=web,cost=42",
          "--json",
        ]);
        const { differences } = json<{ differences: { path: string }[] }>(differing, 1);
        expect(differences.map(({ path }) => path)).toEqual([
          "Resources.SiteFunction.Properties.MemorySize",
          "Tags.io:laconic:buildId",
          "Package",
        ]);
        const second = await provision(entry, "--stage", "dev", "--tags", "team=web,cost=42");
        expect(second).toMatchObject({ outcome: "updated", outputs: first.outputs });
        expect(second.bytesBefore).toBeGreaterThan(0);
        expect((await get(first.outputs["SiteUrl"]!, "/")).body).toBe("two");

        // Only the account can know that there is no such function.
        const failing = [
          "provision",
          entry,
          "--no-build",
          "--hooks",
          app.file("gone.mjs"),
          "--yes",
          "--json",
          ...FAST,
        ];
        const { error } = json<{ error: { frame: string } }>(
          await laconic([...failing, "--stage", "dev"]),
          1,
        );
        expect(error).toMatchObject({
          code: "LAC9035",
          message: expect.stringContaining("UPDATE_ROLLBACK_COMPLETE"),
          frame: expect.stringMatching(
            /^SiteUrl .*not found.*\nIt belongs to function "site", registered at app\.ts:3/,
          ),
        });
        const state = json<StackStatus>(await laconic(["status", entry, "--stage", "dev", "--json"]));
        expect(state.status).toBe("UPDATE_ROLLBACK_COMPLETE");

        // The stack of a failed creation is gone.
        expect(json(await laconic([...failing, "--stage", "half"]), 1)).toMatchObject({
          error: { code: "LAC9035" },
        });
        const half = await laconic(["status", entry, "--stage", "half", "--json"]);
        expect(json(half, 1)).toMatchObject({ error: { code: "LAC9030" } });

        await writeFile(entry, APP("four"));
        expect(await provision(entry, "--stage", "dev")).toMatchObject({ outcome: "updated" });
        expect((await get(first.outputs["SiteUrl"]!, "/")).body).toBe("four");
      } finally {
        await remove(entry, "--stage", "dev");
        await app.remove();
      }
    },
    LONG,
  );

  it(
    "is not changed without a yes",
    async () => {
      const app = await scratchApp({ "app.ts": APP("one") });
      try {
        const before = await inventory(aws.endpoint);
        const asked = await laconic(["provision", app.file("app.ts"), "--json", ...FAST]);
        expect(json(asked, 1)).toMatchObject({ error: { code: "LAC9034" } });
        expect(await inventory(aws.endpoint)).toEqual(before);
      } finally {
        await app.remove();
      }
    },
    LONG,
  );
});

describe("--noop", () => {
  it(
    "makes package and template without AWS, the same bytes every time",
    async () => {
      const app = await scratchApp({ "app.ts": APP("one") });
      try {
        const args = ["provision", app.file("app.ts"), "--noop", "--json"];
        const options = {
          env: { AWS_ENDPOINT_URL: "http://127.0.0.1:1", AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "" },
        };
        const made = json<{ file: string; template: object }>(await laconic(args, options));
        const printed = await laconic(["template", app.file("app.ts"), "--no-build"], options);
        expect(JSON.parse(printed.stdout)).toEqual(made.template);
        await rm(made.file);
        const again = await laconic(["template", app.file("app.ts")], options);
        expect(again.stdout).toBe(printed.stdout);
      } finally {
        await app.remove();
      }
    },
    LONG,
  );
});
