import { describe, expect, it } from "vitest";
import { invoke, plain } from "./functions.js";

describe("the result of a plain handler", () => {
  it.each([
    ["an object", { a: [1, "x", null] }],
    ["a text", "grüße ☃ \u0000"],
    ["a number", 1.5],
    ["false", false],
    ["null", null],
    ["an empty text", ""],
  ])("is %s", async (_name, value) => {
    expect(
      await invoke(
        plain(() => value),
        {},
      ),
    ).toEqual(value);
    expect(
      await invoke(
        plain(async () => value),
        {},
      ),
    ).toEqual(value);
  });

  it("is null when nothing is returned", async () => {
    expect(
      await invoke(
        plain(() => undefined),
        {},
      ),
    ).toBeNull();
  });

  it("is what JSON makes of it, as in Lambda's Node", async () => {
    const result = {
      date: new Date(0),
      lost: undefined,
      nan: NaN,
      call: () => 1,
      own: { toJSON: () => "own" },
    };
    expect(
      await invoke(
        plain(() => result),
        {},
      ),
    ).toEqual({
      date: "1970-01-01T00:00:00.000Z",
      nan: null,
      own: "own",
    });
  });

  const circular: Record<string, unknown> = { list: [{}] };
  (circular["list"] as Record<string, unknown>[])[0]!["back"] = circular;
  const failing = {
    toJSON() {
      throw new Error("no");
    },
  };

  it.each<[string, unknown, string]>([
    ["a BigInt", 5n, "it holds a BigInt at result"],
    ["a BigInt inside", { rows: [{ id: 1n }] }, "it holds a BigInt at result.rows[0].id"],
    ["a circle", circular, "it refers to itself at result.list[0].back"],
    ["a function", () => 1, "it is a function"],
    ["a symbol", Symbol("s"), "it is a symbol"],
    ["a toJSON that throws", { at: failing }, "it fails in toJSON(): Error: no"],
  ])("cannot be %s", async (_name, value, why) => {
    await expect(
      invoke(
        plain(() => value),
        {},
      ),
    ).rejects.toMatchObject({
      code: "LAC3003",
      message: `The result of function "subject" cannot be JSON: ${why}`,
    });
  });
});
