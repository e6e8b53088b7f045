import { createMetrics, functionDimensions } from "@laconic/metrics";
import { createTemplate } from "@laconic/provisioner";
import { afterEach, expect, it, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("what a stack watches has the names under which metrics are published", () => {
  const names: string[] = [];
  const publish = ({ namespace }: { namespace: string }) => void names.push(namespace);
  const metrics = createMetrics({ service: "OrderService", sink: { publish } });
  metrics.run(() => metrics.add("Orders", 1));
  vi.stubEnv("AWS_LAMBDA_FUNCTION_NAME", "OrderService-hello");
  const dimensions = functionDimensions("hello");

  const { template } = createTemplate({
    service: {
      name: "OrderService",
      description: "",
      functions: [
        { name: "hello", kind: "event", handler: "index.hello", runtime: "python3.13", options: {} },
      ],
    },
    stackName: "OrderService",
    target: { architecture: "x86_64" },
    packages: [{ name: "python", sha256: "0".repeat(64) }],
    monitoring: { metrics: "emf", dashboard: true, alarms: true },
  });
  const { Dashboard, DroppedMetricsAlarm } = template.Resources;
  const line = [names[0], "ColdStart", ...Object.entries(dimensions).flat()];
  expect(JSON.stringify(Dashboard!.Properties)).toContain(
    JSON.stringify(JSON.stringify(line).slice(1, -1)).slice(1, -1),
  );
  const watched = DroppedMetricsAlarm!.Properties as { Metrics: { Id: string }[] };
  expect(watched.Metrics.map(({ Id }) => Id)).toEqual(["dropped", ...Object.keys(metrics.dropped)]);
  expect(JSON.stringify(watched)).toContain(`"Namespace":"${names[0]}"`);
});
