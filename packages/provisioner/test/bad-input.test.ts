import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IAM } from "@aws-sdk/client-iam";
import { S3 } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { inventory } from "../../../tools/aws/inventory.mjs";
import { startMinistack, type Ministack } from "../../../tools/aws/ministack.mjs";
import { Aws, orphans, provision, remove, type ProvisionContext } from "../src/index.js";
import { fn } from "./services.js";
import { contextFor, SILENT, smallService } from "./small-service.js";

let ministack: Ministack;
let folder: string;
beforeAll(async () => {
  ministack = await startMinistack();
  folder = await mkdtemp(join(tmpdir(), "laconic-bad-"));
});
afterAll(async () => {
  await ministack?.stop();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  vi.stubEnv("AWS_ENDPOINT_URL", ministack.endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  vi.stubEnv("AWS_REGION", "eu-west-1");
  // No metadata service, and no files of whoever runs the test.
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  vi.stubEnv("AWS_CONFIG_FILE", join(folder, "no-config"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "no-credentials"));
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function deploy(context: Partial<ProvisionContext> = {}, aws = new Aws({ attempts: 1 })) {
  return provision(aws, { ...contextFor(folder), ...context }).finally(() => aws.close());
}

async function destroy(): Promise<void> {
  const aws = new Aws();
  await remove(aws, {
    options: { stackName: "SmallService", service: "SmallService", noop: false, pollMs: 5 },
    confirm: async () => true,
    listener: SILENT,
    signal: new AbortController().signal,
  }).finally(() => aws.close());
}

const options = contextFor("").options;

describe("without what AWS needs", () => {
  it("names missing credentials", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", undefined);
    await expect(deploy()).rejects.toMatchObject({
      code: "LAC9010",
      hint: expect.stringContaining("--profile"),
    });
  });

  it("names a missing region", async () => {
    vi.stubEnv("AWS_REGION", undefined);
    await expect(deploy()).rejects.toMatchObject({
      code: "LAC9012",
      hint: expect.stringContaining("--region"),
    });
  });

  it.each(["cloudFormation", "lambda", "logs", "s3"] as const)(
    "names a missing region before a client is used: %s",
    async (client) => {
      vi.stubEnv("AWS_REGION", undefined);
      await expect(new Aws().client(client)).rejects.toMatchObject({ code: "LAC9012" });
    },
  );

  it("takes the region that the AWS command takes", async () => {
    vi.stubEnv("AWS_REGION", undefined);
    vi.stubEnv("AWS_DEFAULT_REGION", "eu-central-1");
    expect(await new Aws().region()).toBe("eu-central-1");
  });

  it("names an endpoint that does not answer", async () => {
    vi.stubEnv("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    await expect(deploy()).rejects.toMatchObject({
      code: "LAC9014",
      frame: expect.stringContaining("ECONNREFUSED"),
    });
  });
});

describe("with what cannot be used", () => {
  it("names a bucket that is not there, and makes none", async () => {
    const before = await inventory(ministack.endpoint);
    await expect(deploy({ options: { ...options, bucket: "no-such-bucket" } })).rejects.toMatchObject({
      code: "LAC9020",
      hint: expect.stringContaining("aws s3 mb s3://no-such-bucket"),
    });
    expect(await inventory(ministack.endpoint)).toEqual(before);
  });

  it("names a role that is not there, and one that does not trust Lambda, with the place", async () => {
    const withRole = async () => {
      const built = await smallService(folder);
      return { ...built, service: { ...built.service, functions: [fn("hello", { role: "worker" })] } };
    };
    const role = { code: "LAC9021", frame: "app.ts:5" };
    await expect(deploy({ build: withRole })).rejects.toMatchObject({
      ...role,
      message: expect.stringContaining("no role worker"),
    });
    const iam = new IAM({});
    const trust = (service: string) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
      });
    await iam.createRole({ RoleName: "worker", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") });
    await expect(deploy({ build: withRole })).rejects.toMatchObject({
      ...role,
      message: expect.stringContaining("does not trust Lambda"),
    });
    await iam.updateAssumeRolePolicy({ RoleName: "worker", PolicyDocument: trust("lambda.amazonaws.com") });
    await expect(deploy({ build: withRole })).resolves.toMatchObject({ outcome: "created" });
    await destroy();
    await iam.deleteRole({ RoleName: "worker" });
    iam.destroy();
  });

  it.each<[string, (path: string) => Promise<void>]>([
    ["cut short", async (path) => writeFile(path, (await readFile(path)).subarray(0, 40))],
    ["missing", (path) => rm(path)],
  ])("names a package that is %s", async (_, damage) => {
    const build = async () => {
      const built = await smallService(folder);
      await damage(join(folder, built.package));
      return built;
    };
    await expect(deploy({ build })).rejects.toMatchObject({
      code: "LAC9023",
      hint: expect.stringContaining("Build it again"),
    });
  });

  it("names the stack of another service", async () => {
    await deploy();
    const other = async () => {
      const built = await smallService(folder);
      return { ...built, service: { ...built.service, name: "SmallService " } };
    };
    await expect(deploy({ build: other })).rejects.toMatchObject({
      code: "LAC9032",
      message: expect.stringContaining('the service "SmallService"'),
    });
    await destroy();
  });

  it("takes back what it did when a hook throws", async () => {
    const before = await inventory(ministack.endpoint);
    const around = async (moment: string, step: string) => {
      if (moment === "before" && step === "stack") throw new Error("not today");
    };
    await expect(deploy({ options: { ...options, hooks: { around } } })).rejects.toThrow("not today");
    expect(await inventory(ministack.endpoint)).toEqual(before);
  });
});

describe("at the limits", () => {
  it("uploads a template that is too large to be sent", async () => {
    const functions = Array.from({ length: 60 }, (_, index) => fn(`worker-${index}`));
    const build = async () => {
      const built = await smallService(folder);
      return { ...built, service: { ...built.service, functions } };
    };
    const before = await inventory(ministack.endpoint);
    await expect(deploy({ build })).resolves.toMatchObject({ outcome: "created" });
    const s3 = new S3({ forcePathStyle: true });
    const { Contents = [] } = await s3.listObjectsV2({ Bucket: "laconic-packages-000000000000-eu-west-1" });
    s3.destroy();
    expect(Contents.map(({ Key = "" }) => Key.slice(Key.lastIndexOf("."))).sort()).toEqual([".json", ".zip"]);
    await destroy();
    expect(await inventory(ministack.endpoint)).toEqual(before);
  });

  it("a deletion that ended after the stack is taken up by the next one", async () => {
    const before = await inventory(ministack.endpoint);
    await deploy();
    const aws = new Aws();
    const cloudFormation = await aws.client("cloudFormation");
    await cloudFormation.deleteStack({ StackName: "SmallService" });
    await destroy();
    expect(await inventory(ministack.endpoint)).toEqual(before);
    await expect(destroy()).rejects.toMatchObject({ code: "LAC9030" });
    await aws.close();
  });

  it("finds packages whose stack is gone", async () => {
    await deploy();
    const s3 = new S3({ forcePathStyle: true });
    const Bucket = "laconic-packages-000000000000-eu-west-1";
    await s3.putObject({ Bucket, Key: "OldService/abc.zip", Body: "x" });
    const aws = new Aws();
    expect(await orphans(aws)).toEqual([
      { kind: "package", name: `s3://${Bucket}/OldService/`, why: "there is no stack OldService" },
    ]);
    await s3.deleteObject({ Bucket, Key: "OldService/abc.zip" });
    s3.destroy();
    await aws.close();
    await destroy();
  });
});
