import { describe, expect, it } from "vitest";
import { readEmfLine } from "../src/metrics/emf-line.js";

const document = (members: object, definitions: object[], dimensions: string[][] = [[]]) => ({
  _aws: {
    Timestamp: 1_800_000_000_000,
    CloudWatchMetrics: [{ Namespace: "Shop", Dimensions: dimensions, Metrics: definitions }],
  },
  ...members,
});
const ORDERS = document(
  { Orders: 1, tenant: "a", Latency: [5, 7.5] },
  [
    { Name: "Orders", Unit: "Count" },
    { Name: "Latency", StorageResolution: 1 },
  ],
  [["tenant"], []],
);
const TEXT = JSON.stringify(ORDERS);
const names = (line: string) => readEmfLine(line)?.metrics.map(({ name }) => name);

describe("a line of embedded metric format", () => {
  it("has each metric with its unit, values and sets of dimensions", () => {
    const shared = { timestamp: 1_800_000_000_000, namespace: "Shop", dimensions: [{ tenant: "a" }, {}] };
    expect(readEmfLine(TEXT)).toEqual({
      metrics: [
        { ...shared, name: "Orders", unit: "Count", resolution: 60, values: [1] },
        { ...shared, name: "Latency", unit: "None", resolution: 1, values: [5, 7.5] },
      ],
      problems: [],
    });
  });

  it.each([
    ["the prefix of laconic invoke", `  │ ${TEXT}`],
    ["a prefix of Lambda's console", `2027-01-15T08:00:00.000Z\t6f1c\tINFO\t${TEXT}`],
    ["a brace of its own", `[{worker}] ${TEXT}`],
    ["a document before it", `{"a":1} ${TEXT}`],
    ["a line break of Windows", `${TEXT}\r\n`],
    ["a log in JSON, as an object", JSON.stringify({ level: "INFO", message: ORDERS })],
    ["a log in JSON, as text", JSON.stringify({ at: "2027", from: "hello", text: `${TEXT}\n` })],
  ])("is found within %s", (_, line) => {
    expect(names(line)).toEqual(["Orders", "Latency"]);
  });

  it.each([
    ["plain text", "hello"],
    ["JSON without metrics", '{"a":1}'],
    ["the word alone", "the member _aws is missing"],
    ["the member without its list", '{"_aws":{"Timestamp":1}}'],
    ["a part of a line", TEXT.slice(0, -5)],
    ["text behind it", `${TEXT} and more`],
    ["a list", `[${TEXT}]`],
  ])("is not %s", (_, line) => {
    expect(readEmfLine(line)).toBeUndefined();
  });

  it("is looked for in a long line of many braces in no time that grows with their square", () => {
    expect(readEmfLine(`_aws${"{".repeat(1_000_000)}`)).toBeUndefined();
  });

  it.each([
    [document({}, [{ Name: "Orders" }]), "Orders has no value"],
    [document({ Orders: "1" }, [{ Name: "Orders" }]), 'Orders is "1", not a number'],
    [document({ Orders: 1 }, [{ Name: "Orders" }], [["tenant"]]), "the dimension tenant has no text"],
    [document({ Orders: Array(101).fill(1) }, [{ Name: "Orders" }]), "Orders has 101 values, more than 100"],
    [document({ Orders: 1 }, Array(101).fill({ Name: "Orders" })), "it has 101 metrics, more than 100"],
    [{ _aws: { CloudWatchMetrics: [] } }, "it has no Timestamp"],
  ])("has a problem that CloudWatch would say nothing of", (line, problem) => {
    expect(readEmfLine(JSON.stringify(line))!.problems).toEqual([expect.stringContaining(problem)]);
  });
});
