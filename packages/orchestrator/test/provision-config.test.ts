import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { defineConfig } from "../src/config/define-config.js";
import { loadConfig } from "../src/config/load-config.js";
import { configured, joined } from "../src/provisioning/configured.js";

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "laconic-config-"));
  for (const name of ["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_PROFILE", "AWS_ACCESS_KEY_ID"])
    vi.stubEnv(name, undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(project, { recursive: true, force: true });
});

const write = (section: string) =>
  writeFile(join(project, "laconic.config.ts"), `export default { provision: ${section} };\n`);
const settings = (flags: Parameters<typeof configured>[1] = {}) => configured(join(project, "app.ts"), flags);

const SECTION = `{
  stage: "dev", region: "eu-west-1", profile: "work", bucket: "packages", express: true,
  tags: { team: "web", cost: "1" },
  stages: { prod: { region: "eu-central-1", tags: { cost: "42" } } },
}`;

describe("what decides where an app is deployed", () => {
  it("is nothing where there is no configuration", async () => {
    expect(await settings()).toEqual({
      tags: {},
      own: { resources: {}, smoke: {}, hooks: [{}, {}], monitoring: {} },
    });
  });

  it("is the configuration, with its stage", async () => {
    await write(SECTION);
    const general = { profile: "work", s3Bucket: "packages", express: true };
    expect(await settings()).toMatchObject({
      ...general,
      stage: "dev",
      region: "eu-west-1",
      tags: { team: "web", cost: "1" },
    });
    expect(await settings({ stage: "prod" })).toMatchObject({
      ...general,
      stage: "prod",
      region: "eu-central-1",
      tags: { team: "web", cost: "42" },
    });
  });

  it("is the environment before the configuration", async () => {
    await write(SECTION);
    vi.stubEnv("AWS_DEFAULT_REGION", "us-east-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "key");
    const found = await settings();
    expect(found.region).toBeUndefined();
    expect(found.profile).toBeUndefined();
  });

  it("is a flag before all, and tags come together", async () => {
    await write(SECTION);
    vi.stubEnv("AWS_REGION", "us-east-1");
    const flags = {
      region: "ap-south-1",
      profile: "mine",
      s3Bucket: "other",
      express: false,
      tags: { cost: "7" },
    };
    expect(await settings(flags)).toMatchObject({ ...flags, tags: { team: "web", cost: "7" } });
  });

  it("has the smoke tests of all stages, and those of the stage before them", async () => {
    await write("{ smoke: { a: 1, b: 1 }, stages: { prod: { smoke: { b: 2 } } } }");
    expect((await settings({ stage: "prod" })).own.smoke).toEqual({ a: 1, b: 2 });
  });

  it("has the monitoring of all stages, and that of the stage before it", async () => {
    await write(`{
      metrics: "emf", dashboard: true, alarms: { errors: 3, period: 60 },
      stages: { dev: { alarms: false, metrics: "none" }, prod: { alarms: { notify: "Alarms" } } },
    }`);
    const general = { metrics: "emf", dashboard: true };
    const monitoring = async (stage?: string) => (await settings(stage ? { stage } : {})).own.monitoring;
    expect(await monitoring()).toEqual({ ...general, alarms: { errors: 3, period: 60 } });
    expect(await monitoring("prod")).toEqual({ ...general, alarms: { notify: "Alarms" } });
    expect(await monitoring("dev")).toEqual({ metrics: "none", dashboard: true, alarms: false });
  });

  it.each([
    ["{ metrics: 'cloudwach' }", "provision.metrics", "one of emf, cloudwatch, otlp, none"],
    ["{ metrics: true }", "provision.metrics", "one of emf"],
    ["{ metricNamespaces: ['AWS/Lambda'] }", "provision.metricNamespaces", "none of them AWS's own"],
    ["{ metricNamespaces: 'Shop' }", "provision.metricNamespaces", "a list"],
    ["{ dashboard: 'yes' }", "provision.dashboard", "true or false"],
    ["{ alarms: 5 }", "provision.alarms", "true, false or an object"],
    ["{ alarms: { error: 5 } }", "provision.alarms.error", "left out; there are notify, duration, period"],
    ["{ alarms: { errors: 0 } }", "provision.alarms.errors", "a whole number from 1 on, or false"],
    ["{ alarms: { dropped: true } }", "provision.alarms.dropped", "a whole number from 1 on, or false"],
    ["{ alarms: { duration: 90 } }", "provision.alarms.duration", "above 0 and up to 1"],
    ["{ alarms: { period: 90 } }", "provision.alarms.period", "a multiple of 60 seconds"],
    ["{ alarms: { notify: [] } }", "provision.alarms.notify", "the ARN of an SNS topic"],
    ["{ stages: { prod: { dashboard: 1 } } }", "provision.stages.prod.dashboard", "true or false"],
  ])("refuses monitoring with its place: %s", async (section, member, expected) => {
    await write(section);
    await expect(loadConfig(project)).rejects.toMatchObject({
      code: "LAC8013",
      message: expect.stringMatching(new RegExp(`"${member.replaceAll(".", "\\.")}".*${expected}`)),
    });
  });

  it("has hooks that see the template one after the other", async () => {
    await write(`{
      template: (template) => ({ ...template, Metadata: { seen: ["general"] } }),
      stages: { prod: { template(template) { template.Metadata.seen.push("prod"); } } },
    }`);
    const { own } = await settings({ stage: "prod" });
    const changed = await joined(own.hooks, { flags: {} }).template!({ Resources: {} });
    expect(changed).toEqual({ Resources: {}, Metadata: { seen: ["general", "prod"] } });
  });
});

describe("the type of the configuration", () => {
  it("takes a hook that returns nothing, resources as CloudFormation has them, and no misspelled member", () => {
    const config = defineConfig({
      provision: {
        resources: { Jobs: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 30 } } },
        template(template) {
          delete template.Outputs;
        },
        async around(moment, step) {
          await Promise.resolve(`${moment} ${step}`);
        },
        // @ts-expect-error there is no such member
        regoin: "eu-west-1",
      },
    });
    expect(config.provision?.template?.({ Resources: {} }, { flags: {} })).toBeUndefined();
  });
});

describe("commands of the configuration", () => {
  it.each([
    ["{ Seed: {} }", /"commands\.Seed" .* small letters/],
    ["{ seed: { run() {} } }", /"commands\.seed\.description"/],
    ["{ seed: { description: 'x', run: 5 } }", /"commands\.seed\.run" .* a function/],
    ["{ seed: { description: 'x', run() {}, flags: { n: 'x' } } }", /"commands\.seed\.flags" of "n"/],
  ])("%s is refused with its place", async (commands, message) => {
    await writeFile(join(project, "laconic.config.ts"), `export default { commands: ${commands} };\n`);
    await expect(loadConfig(project)).rejects.toMatchObject({
      code: "LAC8013",
      message: expect.stringMatching(message),
    });
  });
});

describe("a configuration that cannot be", () => {
  it.each([
    ["5", /"provision" in .*laconic\.config\.ts must be an object/],
    ["{ regoin: 'x' }", /"provision\.regoin" .* must be left out; there are region, profile/],
    ["{ region: 5 }", /"provision\.region" .* must be a text/],
    ["{ bucket: '' }", /"provision\.bucket"/],
    ["{ stage: 'a/b' }", /"provision\.stage" .* letters, digits and dashes/],
    ["{ express: 'yes' }", /"provision\.express" .* true or false/],
    ["{ smoke: ['hello'] }", /"provision\.smoke" .* an object of events by function/],
    ["{ tags: { a: 1 } }", /"provision\.tags\.a" .* a text/],
    ["{ tags: { 'aws:x': '1' } }", /"provision\.tags\.aws:x" .* not yours to set/],
    ["{ stages: { prod: { tags: [] } } }", /"provision\.stages\.prod\.tags"/],
    ["{ stages: { prod: { stage: 'x' } } }", /"provision\.stages\.prod\.stage" .* left out/],
    ["{ stages: { 'a b': {} } }", /"provision\.stages\.a b"/],
    ["{ resources: { Orders: { type: 'x' } } }", /"provision\.resources\.Orders" .* "Type"/],
    ["{ resources: { 'my-table': { Type: 'AWS::SQS::Queue' } } }", /"provision\.resources\.my-table"/],
    ["{ flags: { count: 'x' } }", /"provision\.flags" of "count" .* written like/],
    ["{ template: {} }", /"provision\.template" .* a function/],
  ])("%s is refused with its place", async (section, message) => {
    await write(section);
    await expect(loadConfig(project)).rejects.toMatchObject({
      code: "LAC8013",
      message: expect.stringMatching(message),
    });
  });
});
