import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { awsTools } from "../../../tools/aws/environment.mjs";
import { inventory } from "../../../tools/aws/inventory.mjs";
import { accountAt, startMinistack, type Ministack } from "../../../tools/aws/ministack.mjs";
import {
  Aws,
  checkTemplate,
  createTemplate,
  leastPolicies,
  provision,
  remove,
  templateText,
  type Monitoring,
  type UserResource,
} from "../src/index.js";
import type { FunctionDefinition } from "../src/service.js";
import { fn, service } from "./services.js";
import { contextFor, SILENT } from "./small-service.js";

const PACKAGES = [
  { name: "python", sha256: "1".repeat(64) },
  { name: "native", sha256: "2".repeat(64) },
];
const FUNCTIONS: readonly FunctionDefinition[] = [
  { ...fn("hello", { timeout: 10 }), package: "python" },
  { ...fn("quiet", { environment: { LACONIC_METRICS: "none" } }), package: "python" },
  { ...fn("fast"), package: "native", runtime: "provided.al2023" },
];
const ALL: Monitoring = { metrics: "cloudwatch", metricNamespaces: ["Shop"], dashboard: true, alarms: true };

function create(
  monitoring: Monitoring,
  {
    functions = FUNCTIONS,
    resources = {},
  }: { functions?: readonly FunctionDefinition[]; resources?: Record<string, UserResource> } = {},
) {
  return createTemplate({
    service: service(...functions),
    stackName: "OrderService",
    target: { architecture: "x86_64" },
    packages: PACKAGES,
    monitoring,
    resources,
    resourcesFrom: "laconic.config.ts",
  });
}

type Properties = Readonly<Record<string, unknown>>;

const propertiesOf = (monitoring: Monitoring, type: string, options?: Parameters<typeof create>[1]) =>
  Object.fromEntries(
    Object.entries(create(monitoring, options).template.Resources)
      .filter(([, { Type }]) => Type === type)
      .map(([id, { Properties }]) => [id, Properties as Properties]),
  );

const alarms = (monitoring: Monitoring, options?: Parameters<typeof create>[1]) =>
  propertiesOf(monitoring, "AWS::CloudWatch::Alarm", options);

interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly markdown?: string;
    readonly title?: string;
    readonly metrics?: unknown[][];
  };
}

/** The widgets, as CloudWatch gets them once CloudFormation has put in what the template names. */
function widgets(monitoring: Monitoring, options?: Parameters<typeof create>[1]): Widget[] {
  const { Dashboard } = propertiesOf(monitoring, "AWS::CloudWatch::Dashboard", options);
  const { "Fn::Sub": body } = Dashboard!["DashboardBody"] as { "Fn::Sub": string };
  const named = body.replaceAll("${AWS::Region}", "eu-west-1");
  expect(named).not.toMatch(/\$\{[^!]/);
  return (JSON.parse(named.replaceAll("${!", "${")) as { widgets: Widget[] }).widgets;
}

const titles = (all: readonly Widget[]) =>
  all.map(({ properties: { markdown, title } }) => markdown?.split("\n")[0] ?? title);

describe("a stack without monitoring", () => {
  it("has nothing of it, and no variable", () => {
    const text = templateText(create({}).template);
    expect(text).not.toContain("CloudWatch::");
    expect(text.match(/LACONIC_METRICS": "\w*"/g)).toEqual(['LACONIC_METRICS": "none"']);
    expect(text).not.toContain("PutMetricData");
  });
});

describe("the sink", () => {
  const variables = (monitoring: Monitoring) =>
    Object.values(propertiesOf(monitoring, "AWS::Lambda::Function")).map(
      ({ Environment }) =>
        (Environment as { Variables: Properties } | undefined)?.Variables["LACONIC_METRICS"],
    );

  it.each(["emf", "cloudwatch", "otlp", "none"] as const)(
    "is in each function's environment: %s",
    (metrics) => {
      expect(variables({ metrics })).toEqual([metrics, "none", metrics]);
    },
  );

  const statements = (metrics: Monitoring["metrics"]) =>
    Object.values(propertiesOf({ ...ALL, metrics: metrics! }, "AWS::IAM::Role")).map(({ Policies }) => {
      const [{ PolicyDocument }] = Policies as [{ PolicyDocument: { Statement: { Action: string[] }[] } }];
      return PolicyDocument.Statement.filter(({ Action }) => Action.includes("cloudwatch:PutMetricData"));
    });

  it.each([
    ["cloudwatch", "StringEquals"],
    ["otlp", "StringEqualsIfExists"],
  ] as const)("lets a function that uses it write into the namespaces: %s", (metrics, operator) => {
    const allowed = {
      Effect: "Allow",
      Action: ["cloudwatch:PutMetricData"],
      Resource: ["*"],
      Condition: { [operator]: { "cloudwatch:namespace": ["Sparta/OrderService", "Shop"] } },
    };
    expect(statements(metrics)).toEqual([[allowed], [], [allowed]]);
  });

  it.each(["emf", "none"] as const)("needs no permission: %s", (metrics) => {
    expect(statements(metrics).flat()).toEqual([]);
  });

  it("of a function alone is allowed to that function", () => {
    const own = fn("own", { environment: { LACONIC_METRICS: "cloudwatch" } });
    const roles = propertiesOf({}, "AWS::IAM::Role", { functions: [own, fn("other")] });
    const [first, second] = Object.values(roles).map((role) => JSON.stringify(role));
    expect([first!.includes("PutMetricData"), second!.includes("PutMetricData")]).toEqual([true, false]);
  });
});

describe("the dashboard", () => {
  it("has a row for each shim, of what the shims publish and of what Lambda does", () => {
    const all = widgets(ALL);
    expect(titles(all)).toEqual([
      ...["## python", "Cold starts", "Latency", "Errors by type, all errors, throttles", "Memory"],
      ...["## python", "Invocations", "Duration", "Errors, throttles", "Concurrent executions"],
      ...["## native", "Cold starts", "Latency", "Errors by type, all errors, throttles", "Memory"],
    ]);
    const text = JSON.stringify(all);
    for (const percentile of ["p50", "p90", "p99"])
      expect(text).toContain(
        `["Sparta/OrderService","DispatchDuration","Path","hello","Name","OrderService-hello",{"stat":"${percentile}","label":"hello ${percentile}"}]`,
      );
    expect(text).toContain(
      `SEARCH('{\\"Sparta/OrderService\\",Path,Name,ErrorType} MetricName=\\"Errors\\" Name=\\"OrderService-fast\\"', 'Sum', 300)`,
    );
    expect(text).toContain('["AWS/Lambda","Duration","FunctionName","OrderService-quiet"');
  });

  it("has Lambda's own metrics alone where no shim publishes", () => {
    const all = widgets({ dashboard: true });
    expect(JSON.stringify(all)).not.toContain("Sparta/");
    expect(titles(all).filter((title) => title?.startsWith("##"))).toEqual(["## python", "## native"]);
    expect(all[0]!.properties.markdown).toContain("provision.metrics");
  });

  it("has widgets that do not overlap, within its columns", () => {
    const cells = new Set<string>();
    for (const { x, y, width, height } of widgets(ALL)) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column++)
        for (let row = y; row < y + height; row++) {
          expect(cells.has(`${column} ${row}`)).toBe(false);
          cells.add(`${column} ${row}`);
        }
    }
  });

  it("takes names that look like those of the template as they are", () => {
    const strange = { ...fn("${AWS::StackName}"), package: "python" };
    const all = widgets(ALL, { functions: [strange] });
    expect(JSON.stringify(all)).toContain('"Path","${AWS::StackName}"');
  });
});

describe("alarms", () => {
  it("watch each function's errors, duration and throttles, and what was dropped", () => {
    const all = alarms(ALL);
    expect(Object.keys(all)).toEqual([
      ...["HelloErrorsAlarm", "HelloDurationAlarm", "HelloThrottlesAlarm"],
      ...["QuietErrorsAlarm", "QuietDurationAlarm", "QuietThrottlesAlarm"],
      ...["FastErrorsAlarm", "FastDurationAlarm", "FastThrottlesAlarm"],
      ...["DroppedMetricsAlarm", "DroppedMetrics1Alarm"],
    ]);
    expect(all["HelloDurationAlarm"]).toMatchObject({
      AlarmName: "OrderService-hello-duration",
      Namespace: "AWS/Lambda",
      MetricName: "Duration",
      Dimensions: [{ Name: "FunctionName", Value: "OrderService-hello" }],
      Statistic: "Maximum",
      Threshold: 9000,
      Period: 300,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      TreatMissingData: "notBreaching",
    });
    expect(all["FastDurationAlarm"]!["Threshold"]).toBe(2700);
    expect(all["HelloErrorsAlarm"]).not.toHaveProperty("AlarmActions");
    const metrics = all["DroppedMetrics1Alarm"]!["Metrics"] as { MetricStat?: { Metric: Properties } }[];
    expect(metrics.flatMap(({ MetricStat }) => MetricStat?.Metric["Namespace"] ?? [])).toEqual(
      Array(5).fill("Shop"),
    );
  });

  it("are those that are asked for, at the thresholds that are given", () => {
    const settings = { errors: 5, duration: 0.5, throttles: false, dropped: false, period: 60 } as const;
    const all = alarms({ ...ALL, alarms: settings }, { functions: [fn("hello")] });
    expect(Object.keys(all)).toEqual(["HelloErrorsAlarm", "HelloDurationAlarm"]);
    expect(all["HelloErrorsAlarm"]).toMatchObject({ Threshold: 5, Period: 60 });
    expect(all["HelloDurationAlarm"]).toMatchObject({ Threshold: 1500, Period: 60 });
  });

  it.each(["none", "otlp", undefined] as const)(
    "watch no drops where CloudWatch has no count: %s",
    (metrics) => {
      const monitoring: Monitoring = { alarms: true, ...(metrics && { metrics }) };
      expect(Object.keys(alarms(monitoring)).filter((id) => id.startsWith("Dropped"))).toEqual([]);
    },
  );

  it("notify a topic, of the stack or elsewhere", () => {
    const arn = "arn:aws:sns:eu-west-1:123456789012:alarms";
    const resources = { Alarms: { Type: "AWS::SNS::Topic", Properties: {} } };
    const elsewhere = alarms({ alarms: { notify: arn } });
    const inStack = alarms({ alarms: { notify: "Alarms" } }, { resources });
    for (const one of Object.values(elsewhere))
      expect(one).toMatchObject({ AlarmActions: [arn], OKActions: [arn] });
    for (const one of Object.values(inStack))
      expect(one).toMatchObject({ AlarmActions: [{ Ref: "Alarms" }] });
  });

  it.each([
    [{}, "Name it by its ARN, or add the topic to provision.resources."],
    [
      { Alarms: { Type: "AWS::SNS::Topic", Properties: {} } },
      "The stack has: Alarms. Name others by their ARN.",
    ],
  ])("notify no topic that is not there", (resources, hint) => {
    expect(() => create({ alarms: { notify: "Alarm" } }, { resources })).toThrow(
      expect.objectContaining({
        code: "LAC9006",
        message: expect.stringContaining('"Alarm"'),
        frame: "laconic.config.ts: provision.alarms.notify",
        hint,
      }),
    );
  });
});

describe("the template", () => {
  it("passes cfn-lint and the schemas, with and without the shims' metrics", async () => {
    const folder = await mkdtemp(join(tmpdir(), "laconic-monitoring-"));
    try {
      const topic = "arn:aws:sns:eu-west-1:123456789012:alarms";
      for (const [name, monitoring] of Object.entries({
        all: { ...ALL, alarms: { notify: topic } },
        lambda: { dashboard: true, alarms: true },
        otlp: { ...ALL, metrics: "otlp" as const },
      })) {
        const file = join(folder, `${name}.json`);
        await writeFile(file, templateText(create(monitoring).template));
        const lint = "import sys; from cfnlint.runner import main; sys.exit(main())";
        await promisify(execFile)(join(awsTools(), "python"), ["-c", lint, "--", file]);
        await checkTemplate(file, "eu-west-1", new Map());
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);

  it("needs the permissions for dashboards and alarms, kept to those of the stack", () => {
    const { template } = create(ALL);
    const { deploy } = leastPolicies({
      service: service(...FUNCTIONS),
      stackName: "OrderService",
      template,
      bucket: "packages",
      account: "123456789012",
      region: "eu-west-1",
    });
    const found = deploy.Statement.find(({ Sid }) => Sid === "Resourcescloudwatch")!;
    expect(found.Action).toEqual(
      expect.arrayContaining([
        "cloudwatch:PutDashboard",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:DeleteAlarms",
      ]),
    );
    expect(found.Resource).toEqual([
      "arn:aws:cloudwatch::123456789012:dashboard/OrderService",
      "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:OrderService-*",
    ]);
  });
});

describe("a stack in an account", () => {
  let ministack: Ministack;
  let folder: string;
  beforeAll(async () => {
    ministack = await startMinistack();
    Object.assign(process.env, accountAt(ministack.endpoint));
    folder = await mkdtemp(join(tmpdir(), "laconic-monitoring-"));
  }, 120_000);
  afterAll(async () => {
    await ministack?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("has its dashboard and alarms, and leaves none", async () => {
    const aws = new Aws({});
    try {
      const context = contextFor(folder);
      // The emulator knows no alarms on sums of metrics.
      const monitoring: Monitoring = { metrics: "emf", dashboard: true, alarms: { dropped: false } };
      await provision(aws, { ...context, options: { ...context.options, monitoring } });
      const made = await inventory(ministack.endpoint);
      expect(made["cloudwatch DashboardEntries"]).toEqual(["SmallService"]);
      expect(made["cloudwatch MetricAlarms"]).toEqual([
        "SmallService-hello-duration",
        "SmallService-hello-errors",
        "SmallService-hello-throttles",
      ]);
      await remove(aws, {
        options: { stackName: "SmallService", service: "SmallService", noop: false, pollMs: 5 },
        confirm: async () => true,
        listener: SILENT,
        signal: new AbortController().signal,
      });
      const left = await inventory(ministack.endpoint);
      expect([left["cloudwatch DashboardEntries"], left["cloudwatch MetricAlarms"]]).toEqual([[], []]);
    } finally {
      await aws.close();
    }
  }, 120_000);
});
