import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsTools } from "../../../tools/aws/environment.mjs";
import { checkTemplate, createTemplate, templateText, type ProvisionError } from "../src/index.js";
import type { FunctionDefinition, ServiceDefinition } from "../src/service.js";
import { EVERYTHING, fn, service, SERVICES } from "./services.js";

const run = promisify(execFile);
const all: Readonly<Record<string, ServiceDefinition>> = { ...SERVICES, everything: EVERYTHING };
/** `everything` holds what is in the others; the APIs share their ids, so each has a template of its own. */
const linted = ["everything", "http api", "rest api", "logs"];

const OPTIONS = {
  stackName: "OrderService",
  target: { architecture: "x86_64" },
  packageDigest: "0".repeat(64),
} as const;

function textOf(service: ServiceDefinition): string {
  const { template } = createTemplate({ ...OPTIONS, service });
  return templateText(template);
}

describe("every option and event source", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "laconic-templates-"));
    for (const [name, service] of Object.entries(all))
      await writeFile(join(folder, `${name}.json`), textOf(service));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("passes cfn-lint without a warning", async () => {
    const files = linted.map((name) => join(folder, `${name}.json`));
    const { stdout } = await run(join(awsTools(), "cfn-lint"), ["--", ...files]).catch(
      (failed: { stdout: string; stderr: string }) => ({ stdout: `${failed.stdout}${failed.stderr}` }),
    );
    expect(stdout).toBe("");
  });

  it.each(linted)("fits CloudFormation's resource schemas: %s", async (name) => {
    await expect(
      checkTemplate(join(folder, `${name}.json`), "eu-west-1", new Map()),
    ).resolves.toBeUndefined();
  });

  it.each(Object.entries(all))("gives the same bytes again: %s", (_, service) => {
    expect(textOf(service)).toBe(textOf(structuredClone(service)));
  });
});

describe("a template that CloudFormation would refuse", () => {
  it("is refused with the place in the app's source", async () => {
    const folder = await mkdtemp(join(tmpdir(), "laconic-templates-"));
    const definition = fn("hello", { logRetention: 4, memorySize: 99_999, layers: ["no-arn"] });
    const { template, origins } = createTemplate({ ...OPTIONS, service: service(definition) });
    const file = join(folder, "template.json");
    await writeFile(file, templateText(template));
    const refused = await checkTemplate(file, "eu-west-1", origins).catch((error: unknown) => error);
    expect(refused).toMatchObject({
      code: "LAC9003",
      frame: expect.stringMatching(/app\.ts:5: function "hello", MemorySize: .*32768/),
    });
    expect((refused as ProvisionError).frame).toMatch(/RetentionInDays/);
    await rm(folder, { recursive: true });
  });

  const refusals: Record<string, { functions: FunctionDefinition[]; code: string; message: RegExp }> = {
    "two names that differ in punctuation": {
      functions: [fn("get-item"), fn("get.item")],
      code: "LAC9002",
      message: /function "get\.item" and function "get-item" would both be GetItem/,
    },
    "a reference to nothing": {
      functions: [fn("hello", { onFailure: "jobs" })],
      code: "LAC9006",
      message: /"hello" refers to "jobs"/,
    },
    "the value of a secret": {
      functions: [fn("hello", { environment: { KEY: "{{resolve:secretsmanager:prod:SecretString:key}}" } })],
      code: "LAC9007",
      message: /KEY of function "hello" would hold the value/,
    },
    "a wrong schedule": {
      functions: [fn("hello", { events: [{ source: "schedule", expression: "cron(0 3 * * *)" }] })],
      code: "LAC9005",
      message: /"cron\(0 3 \* \* \*\)" is no schedule/,
    },
    "something that is no event source": {
      functions: [fn("hello", { events: ["s3:uploads" as never] })],
      code: "LAC9005",
      message: /"s3:uploads" is no event source/,
    },
    "a wrong route": {
      functions: [fn("hello", { events: [{ source: "httpApi", route: "/users" }] })],
      code: "LAC9005",
      message: /"\/users" is no route/,
    },
    "one route for two functions": {
      functions: ["a", "b"].map((name) => fn(name, { events: [{ source: "httpApi", route: "GET /" }] })),
      code: "LAC9005",
      message: /"b": the route "GET \/" is that of function "a" too/,
    },
    "a bucket of somebody else's": {
      functions: [
        fn("hello", { events: [{ source: "s3", bucket: "arn:aws:s3:::x", events: ["ObjectCreated:*"] }] }),
      ],
      code: "LAC9005",
      message: /is not the stack's/,
    },
    "a queue and a topic of one name": {
      functions: [
        fn("hello", {
          events: [
            { source: "sqs", queue: "orders" },
            { source: "sns", topic: "orders" },
          ],
        }),
      ],
      code: "LAC9005",
      message: /"orders" is an AWS::SQS::Queue of the stack/,
    },
    "a table's ARN in place of its stream's": {
      functions: [
        fn("hello", { events: [{ source: "dynamodb", table: "arn:aws:dynamodb:eu-west-1:1:table/x" }] }),
      ],
      code: "LAC9005",
      message: /not of its stream/,
    },
    "a JWT authorizer of a REST API": {
      functions: [
        fn("hello", {
          events: [
            {
              source: "restApi",
              route: "GET /",
              authorizer: { type: "jwt", issuer: "https://x", audience: [] },
            },
          ],
        }),
      ],
      code: "LAC9005",
      message: /no JWT authorizer/,
    },
    "snapStart with provisioned concurrency": {
      functions: [fn("hello", { snapStart: true, provisionedConcurrency: 1 })],
      code: "LAC9005",
      message: /no snapStart together with provisionedConcurrency/,
    },
    "snapStart in a runtime without it": {
      functions: [{ ...fn("hello", { snapStart: true }), runtime: "provided.al2023" }],
      code: "LAC9005",
      message: /snapStart is there only for Lambda's Python runtime, not for provided\.al2023/,
    },
    "a URL for tenants": {
      functions: [fn("hello", { tenantIsolation: true, url: true })],
      code: "LAC9005",
      message: /no Function URL/,
    },
    "more than 500 resources": {
      functions: Array.from({ length: 200 }, (_, index) => fn(`f${index}`)),
      code: "LAC9004",
      message: /600 resources; CloudFormation takes 500/,
    },
  };
  it.each(Object.entries(refusals))("%s", (_, { functions, code, message }) => {
    const create = () => createTemplate({ ...OPTIONS, service: service(...functions) });
    expect(create).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }));
  });
});
