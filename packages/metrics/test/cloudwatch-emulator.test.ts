import {
  CloudWatchClient,
  GetMetricStatisticsCommand,
  paginateListMetrics,
} from "@aws-sdk/client-cloudwatch";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountAt, startMinistack, type Ministack } from "../../../tools/aws/ministack.mjs";
import { createMetrics, functionDimensions } from "../src/index.js";

let ministack: Ministack;
let client: CloudWatchClient;

beforeAll(async () => {
  ministack = await startMinistack();
  Object.assign(process.env, {
    ...accountAt(ministack.endpoint),
    AWS_LAMBDA_FUNCTION_NAME: "orders-prod",
  });
  client = new CloudWatchClient({});
}, 120_000);
afterAll(async () => {
  client?.destroy();
  await ministack?.stop();
});

async function statistics(name: string, dimensions: Record<string, string>) {
  const now = Date.now();
  const { Datapoints = [] } = await client.send(
    new GetMetricStatisticsCommand({
      Namespace: "Sparta/Orders",
      MetricName: name,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      StartTime: new Date(now - 3_600_000),
      EndTime: new Date(now + 60_000),
      Period: 7200,
      Statistics: ["SampleCount", "Sum", "Minimum", "Maximum"],
    }),
  );
  const total = (of: (point: (typeof Datapoints)[number]) => number) =>
    Datapoints.reduce((all, one) => all + of(one), 0);
  return {
    count: total(({ SampleCount = 0 }) => SampleCount),
    sum: total(({ Sum = 0 }) => Sum),
    least: Math.min(...Datapoints.map(({ Minimum = NaN }) => Minimum)),
    most: Math.max(...Datapoints.map(({ Maximum = NaN }) => Maximum)),
  };
}

it("stores in CloudWatch what was added, whatever its size", async () => {
  const metrics = createMetrics({ service: "Orders", sink: "cloudwatch" });
  const dimensions = functionDimensions("checkout");
  metrics.run(
    () => {
      for (let index = 0; index < 1500; index++) metrics.add("Latency", index, "Milliseconds");
      metrics.add("Orders", { values: [1, 2], counts: [1000, 1] }, "Count", { tenant: "a&b=c" });
      for (let index = 0; index < 1200; index++)
        metrics.add(`Metric${index}`, index, "None", {}, { resolution: 1 });
    },
    { dimensions },
  );
  await metrics.flush(60_000);

  expect(dimensions).toEqual({ Path: "checkout", Name: "orders-prod" });
  expect(await statistics("Latency", dimensions)).toEqual({
    count: 1500,
    sum: 1_124_250,
    least: 0,
    most: 1499,
  });
  expect(await statistics("Orders", { ...dimensions, tenant: "a&b=c" })).toEqual({
    count: 1001,
    sum: 1002,
    least: 1,
    most: 2,
  });
  const names = new Set<string>();
  for await (const { Metrics = [] } of paginateListMetrics({ client }, { Namespace: "Sparta/Orders" })) {
    for (const { MetricName } of Metrics) names.add(MetricName!);
  }
  expect(names.size).toBe(1202);
  expect(Object.values(metrics.dropped)).toEqual([0, 0, 0, 0, 0]);
}, 60_000);
