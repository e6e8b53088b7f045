import { spawn } from "node:child_process";
import { request } from "node:http";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Provisioned, StackStatus } from "@laconic/provisioner";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inventory } from "../../tools/aws/inventory.mjs";
import { accountAt, startMinistack, type Ministack } from "../../tools/aws/ministack.mjs";
import { apps, laconic, laconicProgram, scratchApp, type Ended } from "./laconic.js";

const FAST = ["--poll", "50"];
/** Several builds and deployments: this limit only ends what hangs. */
const LONG = 900_000;

let aws: Ministack;
beforeAll(async () => {
  aws = await startMinistack();
  Object.assign(process.env, accountAt(aws.endpoint));
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
      expect(made).toMatchObject({
        stackName: "HelloService",
        outcome: "created",
        packages: [{ name: "python", isNew: true }],
      });
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
      expect(again).toMatchObject({ outcome: "unchanged", changes: [], packages: [{ isNew: false }] });
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

const MIXED = {
  "app.ts": `
import { http, main } from "@laconic/runtime/library";
const answer = (name) => http(name, () => new Response(name));
main("MixedService", "One of each shim", [answer("viaPython"), answer("viaNative"), answer("viaNode")]);
`,
  "laconic.config.ts": `
import { defineConfig } from "@laconic/cli/config";
export default defineConfig({
  shim: "python",
  functions: { viaNative: { shim: "native" }, viaNode: { shim: "node" } },
});
`,
};

describe("a service whose functions have different shims", () => {
  it(
    "is one stack, with a package for each shim, which is uploaded once",
    async () => {
      const app = await scratchApp(MIXED);
      const entry = app.file("app.ts");
      const before = await inventory(aws.endpoint);
      try {
        const made = await provision(entry);
        expect(made.packages.map(({ name, isNew }) => [name, isNew])).toEqual([
          ["python", true],
          ["native", true],
          ["node", true],
        ]);
        for (const name of ["viaPython", "viaNative", "viaNode"]) {
          const url = made.outputs[`V${name.slice(1)}Url`]!;
          expect(await get(url, "/"), name).toEqual({ status: 200, body: name });
        }
        const again = await provision(entry, "--no-build");
        expect(again).toMatchObject({ outcome: "unchanged" });
        expect(again.packages.map(({ isNew }) => isNew)).toEqual([false, false, false]);
        expect(json(await laconic(["diff", entry, "--no-build", "--json"]))).toMatchObject({
          differences: [],
        });
        expect(json(await remove(entry))).toMatchObject({ removed: true, objects: 3 });
        expect(await inventory(aws.endpoint)).toEqual(before);
      } finally {
        await app.remove();
      }
    },
    LONG,
  );
});

const LOOKED_INTO = {
  "app.ts": `
import { http, httpApi, lambda, main, sqs } from "@laconic/runtime/library";
const work = lambda("work", (event) => {
  console.log("working on", event.job);
  if (event.job === "bad") throw new Error("no such job");
  return { done: event.job };
}, { events: [sqs("jobs")], permissions: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::inputs/*"] }] });
const site = http("site", (request) => new Response("native " + new URL(request.url).pathname), {
  events: [httpApi("GET /orders/{id}")],
  url: true,
});
main("LookedInto", "Looked into", [work, site]);
`,
};

describe("a deployed service with the native shim", () => {
  let app: Awaited<ReturnType<typeof scratchApp>>;
  let entry: string;
  let made: Provisioned;
  beforeAll(async () => {
    app = await scratchApp(LOOKED_INTO);
    entry = app.file("app.ts");
    made = await provision(entry, "--shim", "native");
  }, LONG);
  afterAll(async () => {
    if (made) json(await remove(entry));
    await app?.remove();
  }, LONG);

  it("answers over its HTTP API and at its Function URL", async () => {
    expect(await get(made.outputs["HttpApiUrl"]!, "/orders/7")).toEqual({
      status: 200,
      body: "native /orders/7",
    });
    expect(await get(made.outputs["SiteUrl"]!, "/x")).toEqual({ status: 200, body: "native /x" });
  });

  it("invoke --remote shows the deployed function's answer, and fails with its error", async () => {
    const invoke = (event: string, ...args: string[]) =>
      laconic(["invoke", entry, "work", event, "--remote", ...args]);
    const answered = await invoke('{"job":"7"}');
    expect(answered.exitCode, answered.stderr).toBe(0);
    expect(JSON.parse(answered.stdout)).toEqual({ done: "7" });
    expect(answered.stderr).toContain("working on 7");
    const failed = json<{ failure: string; payload: string }>(await invoke('{"job":"bad"}', "--json"), 1);
    expect(JSON.parse(failed.payload)).toMatchObject({ errorMessage: "no such job" });
    const unknown = await laconic(["invoke", entry, "none", "{}", "--remote", "--json"]);
    expect(json(unknown, 1)).toMatchObject({
      error: { code: expect.stringMatching(/^LAC/), hint: expect.any(String) },
    });
  });

  it(
    "logs prints what functions logged, and --tail goes on until it is interrupted",
    async () => {
      const before = await laconic(["logs", entry, "work", "--since", "1h"]);
      expect(before, before.stderr).toMatchObject({
        exitCode: 0,
        stdout: expect.stringContaining("working on 7"),
      });
      const tailing = tail(entry);
      await tailing.printed(/working on 7/);
      await laconic(["invoke", entry, "work", '{"job":"fresh"}', "--remote"]);
      await tailing.printed(/working on fresh/);
      // Ctrl-C is how it is meant to end.
      expect(await tailing.interrupt()).toEqual({ code: 0 });
    },
    LONG,
  );

  it(
    "policies prints what deploying, reading and each function need, and no more",
    async () => {
      const { deploy, read, execution } = json<Policies>(
        await laconic(["policies", entry, "--shim", "native"]),
      );
      const actions = ({ Statement }: Policy) => Statement.flatMap(({ Action }) => Action);
      for (const policy of [deploy, read])
        expect(actions(policy).filter((action) => action.includes("*"))).toEqual([]);
      expect(actions(deploy)).toEqual(
        expect.arrayContaining([
          ...["cloudformation:ExecuteChangeSet", "lambda:CreateFunction", "sqs:CreateQueue", "iam:PassRole"],
          ...["apigateway:POST", "logs:CreateLogGroup", "s3:PutObject"],
        ]),
      );
      expect(actions(read).filter((action) => /:(Create|Delete|Put|Update|Execute)/.test(action))).toEqual(
        [],
      );
      expect(Object.keys(execution).sort()).toEqual(["SiteRole", "WorkRole"]);
      expect(JSON.stringify(execution["WorkRole"])).toContain("arn:aws:s3:::inputs/*");
      expect(JSON.stringify(execution["SiteRole"])).not.toContain("sqs:");
    },
    LONG,
  );
});

interface Policy {
  readonly Statement: readonly { readonly Action: readonly string[] }[];
}

interface Policies {
  readonly deploy: Policy;
  readonly read: Policy;
  readonly execution: Readonly<Record<string, unknown>>;
}

/** `laconic logs --tail`, as somebody watches it. */
function tail(entry: string) {
  const child = spawn(
    process.execPath,
    [laconicProgram, "logs", entry, "work", "--since", "1h", "--tail", ...FAST],
    {
      env: { ...process.env, NO_COLOR: "1" },
    },
  );
  const ended = new Promise<{ code: number | null }>((resolve) =>
    child.once("exit", (code) => resolve({ code })),
  );
  let text = "";
  const waiting = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      waiting.forEach((look) => look());
    });
  return {
    printed: (pattern: RegExp) =>
      Promise.race([
        new Promise<void>((resolve) => {
          const look = () => pattern.test(text) && resolve();
          waiting.add(look);
          look();
        }),
        ended.then(() => {
          throw new Error(`logs --tail ended before it printed ${String(pattern)}:\n${text}`);
        }),
      ]),
    interrupt: () => {
      child.kill("SIGINT");
      return ended;
    },
  };
}

describe("a smoke test", () => {
  it(
    "invokes what was deployed, and ends the command when a function fails",
    async () => {
      const app = await scratchApp({
        "app.ts": `import { lambda, main } from "@laconic/runtime/library";
main("TestedService", "", [
  lambda("right", ({ n }) => ({ n: n + 1 })),
  lambda("wrong", () => { throw new RangeError("beyond the end"); }),
]);
`,
        "laconic.config.ts": `import { defineConfig } from "@laconic/cli/config";
export default defineConfig({
  provision: {
    smoke: { right: { n: 1 } },
    stages: { broken: { smoke: { wrong: null } }, mistyped: { smoke: { rihgt: 1 } } },
  },
});
`,
      });
      const entry = app.file("app.ts");
      try {
        const { steps } = await provision(entry);
        expect(Object.keys(steps).at(-1)).toBe("smoke test");

        const broken = await laconic(["provision", entry, "--yes", "--stage", "broken", ...FAST]);
        expect(broken.exitCode).toBe(1);
        expect(broken.stderr).toMatch(/LAC9041 The stack TestedService-broken was created/);
        expect(broken.stderr).toMatch(/beyond the end/);

        const mistyped = await laconic(["provision", entry, "--yes", "--stage", "mistyped", ...FAST]);
        expect(mistyped).toMatchObject({
          exitCode: 1,
          stderr: expect.stringMatching(/"rihgt".*\n.*right, wrong/s),
        });
      } finally {
        for (const args of [[], ["--stage", "broken"]]) await remove(entry, ...args);
        await app.remove();
      }
    },
    LONG,
  );
});

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

const CONFIGURED = {
  "app.ts": `
import { arn, lambda, main, ref } from "@laconic/runtime/library";
main("ConfiguredService", "Configured", [
  lambda("note", () => "noted", {
    environment: { TABLE: ref("Notes") },
    permissions: [{ actions: ["dynamodb:PutItem"], resources: [arn("Notes")] }],
  }),
]);
`,
  "laconic.config.ts": `
import { defineConfig } from "@laconic/cli/config";
export default defineConfig({
  provision: {
    stage: "dev",
    tags: { team: "web" },
    resources: {
      Notes: {
        Type: "AWS::DynamoDB::Table",
        Properties: {
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        },
      },
    },
    template(template) {
      template.Outputs = { ...template.Outputs, Table: { Value: { Ref: "Notes" } } };
    },
    stages: { prod: { bucket: "packages-of-prod", tags: { team: "ops" } } },
  },
});
`,
};

describe("a service with a configuration", () => {
  it(
    "is deployed as it says, with its resources, its hook and what differs in a stage",
    async () => {
      const app = await scratchApp(CONFIGURED);
      const entry = app.file("app.ts");
      const before = await inventory(aws.endpoint);
      const bucket = `${aws.endpoint}/packages-of-prod`;
      try {
        const location =
          "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>";
        expect((await fetch(bucket, { method: "PUT", body: location })).status).toBe(200);
        const dev = await provision(entry);
        expect(dev).toMatchObject({
          stackName: "ConfiguredService-dev",
          packages: [{ bucket: "laconic-packages-000000000000-eu-west-1" }],
        });
        expect(dev.outputs["Table"]).toMatch(/^ConfiguredService-dev-Notes/);
        expect(json<StackStatus>(await laconic(["status", entry, "--json"])).tags).toMatchObject({
          team: "web",
          "io:laconic:stage": "dev",
        });
        const prod = await provision(entry, "--no-build", "--stage", "prod");
        expect(prod).toMatchObject({
          stackName: "ConfiguredService-prod",
          packages: [{ bucket: "packages-of-prod" }],
        });
        const state = json<StackStatus>(
          await laconic(["status", entry, "--json"], { env: { LACONIC_STAGE: "prod" } }),
        );
        expect(state).toMatchObject({ stackName: "ConfiguredService-prod", tags: { team: "ops" } });
        json(await remove(entry));
        json(await remove(entry, "--stage", "prod"));
      } finally {
        await fetch(bucket, { method: "DELETE" });
        await app.remove();
      }
      expect(await inventory(aws.endpoint)).toEqual(before);
    },
    LONG,
  );

  it(
    "names the resource and the file when CloudFormation would refuse it",
    async () => {
      const config = CONFIGURED["laconic.config.ts"].replace("PAY_PER_REQUEST", "PAY_NEVER");
      const app = await scratchApp({ ...CONFIGURED, "laconic.config.ts": config });
      try {
        const refused = await laconic(["template", app.file("app.ts"), "--json"]);
        expect(json(refused, 1)).toMatchObject({
          error: {
            code: "LAC9003",
            frame: expect.stringMatching(/laconic\.config\.ts: your resource "Notes", BillingMode/),
          },
        });
      } finally {
        await app.remove();
      }
    },
    LONG,
  );
});

describe("-l, --level", () => {
  it(
    "prints warnings alone, or besides all progress the calls to AWS",
    async () => {
      const app = await scratchApp({ "app.ts": APP("one") });
      try {
        const status = (level: string) => laconic(["status", app.file("app.ts"), "--level", level]);
        const debug = await status("debug");
        expect(debug.stderr).toMatch(/✓ package .*\n/);
        expect(debug.stderr).toMatch(/STS\.GetCallerIdentity \d+ ms\n/);
        expect(debug.stderr).toMatch(/CloudFormation\.DescribeStacks \d+ ms\n/);
        expect((await status("warn")).stderr).toMatch(/^error LAC9030 /);
        expect((await status("loud")).exitCode).toBe(2);
      } finally {
        await app.remove();
      }
    },
    LONG,
  );
});

describe("--arch", () => {
  it(
    "decides what the functions run on, also where the package runs on either",
    async () => {
      const app = await scratchApp({ "app.ts": APP("one") });
      try {
        const template = async (...args: string[]) => {
          const { stdout, stderr } = await laconic([
            "template",
            app.file("app.ts"),
            "--shim",
            "node",
            ...args,
          ]);
          expect(stdout, stderr).not.toBe("");
          const { Resources } = JSON.parse(stdout) as { Resources: Record<string, { Properties: object }> };
          return Resources["SiteFunction"]!.Properties;
        };
        expect(await template()).toMatchObject({ Architectures: ["x86_64"] });
        expect(await template("--arch", "arm64")).toMatchObject({ Architectures: ["arm64"] });
        const both = await laconic([
          "template",
          app.file("app.ts"),
          "--arch",
          "arm64",
          "--platform",
          "linux/amd64",
        ]);
        expect(both.exitCode).toBe(2);
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
