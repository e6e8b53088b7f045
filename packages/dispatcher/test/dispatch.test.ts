import { describe, expect, it } from "vitest";
import { createDispatch, type DispatchError } from "../src/index.js";
import { dispatchTo, plain, registryOf, responding } from "./functions.js";

const echo = plain((event) => ({ got: event }));

function failure(action: () => unknown): DispatchError {
  try {
    action();
  } catch (error) {
    return error as DispatchError;
  }
  throw new Error("nothing was thrown");
}

describe("dispatch", () => {
  it("answers a synchronous handler with text, not with a promise", () => {
    expect(dispatchTo(echo)("subject", '{"a":1}', "{}")).toBe('{"got":{"a":1}}');
    expect(dispatchTo(responding((_e, _c, response) => response.end('"x"')))("subject", "1", "{}")).toBe(
      '"x"',
    );
  });

  it("answers an asynchronous handler with a promise", async () => {
    const answer = dispatchTo(plain(async (event) => event))("subject", "[1]", "{}");
    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toBe("[1]");
  });

  it.each(["plain", "responding"])(
    "takes the first answer of a thenable of the app's own: %s",
    async (kind) => {
      const thenable = {
        then(resolve: (value: unknown) => void) {
          resolve({ first: true });
          resolve("second");
          return "nobody's business";
        },
      };
      const subject = kind === "plain" ? plain(() => thenable) : responding(() => thenable);
      expect(await dispatchTo(subject)("subject", "null", "{}")).toBe('{"first":true}');
    },
  );

  it("calls a plain handler with event and context only", () => {
    const count = plain(function (...parameters: unknown[]) {
      return parameters.length;
    });
    expect(dispatchTo(count)("subject", "null", "{}")).toBe("2");
  });

  it.each(["", "{", "undefined", "NaN", "{'a':1}", "hello"])("refuses the event %j", (event) => {
    const error = failure(() => dispatchTo(echo)("subject", event, "{}"));
    expect(error).toMatchObject({ name: "DispatchError", code: "LAC3002" });
    expect(error.message).toContain('The event for function "subject" is not JSON');
    expect(error.hint).toContain("quotes");
  });

  it("refuses a context that is not JSON, and takes any JSON for one", () => {
    expect(failure(() => dispatchTo(echo)("subject", "1", "{")).message).toContain(
      "The context for function",
    );
    for (const context of ["null", "5", "[]", '{"__proto__":{"polluted":1}}']) {
      expect(dispatchTo(echo)("subject", "1", context)).toBe('{"got":1}');
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it("names the known functions when there is no such one, and the one that was meant", () => {
    const dispatch = dispatchTo(echo);
    const near = failure(() => dispatch("subjct", "{}", "{}"));
    expect(near).toMatchObject({ code: "LAC3001" });
    expect(near.message).toBe(
      'Service "Tests" has no function "subjct", did you mean "subject"? (known: subject)',
    );
    expect(failure(() => dispatch("unlike", "{}", "{}")).message).not.toContain("did you mean");
    for (const name of ["", "__proto__", "constructor", "x".repeat(100_000)]) {
      expect(failure(() => dispatch(name, "{}", "{}")).code).toBe("LAC3001");
    }
  });

  it("describes what it holds", () => {
    const dispatch = createDispatch({
      name: "Hello",
      description: "says hello",
      functions: new Map([
        ["a", { name: "a", options: { memorySize: 128 }, adapter: echo }],
        ["b", { name: "b", options: {}, adapter: responding(() => undefined) }],
      ]),
    });
    expect(JSON.parse(dispatch("$describe", "null", "{}") as string)).toEqual({
      service: { name: "Hello", description: "says hello" },
      functions: [
        { name: "a", kind: "event", options: { memorySize: 128 } },
        { name: "b", kind: "response", options: {} },
      ],
    });
  });

  it("passes what a handler throws or rejects with through untouched", async () => {
    const thrown = { neither: "an Error" };
    const dispatch = dispatchTo(
      plain(() => {
        throw thrown;
      }),
    );
    expect(failure(() => dispatch("subject", "1", "{}"))).toBe(thrown);
    await expect(dispatchTo(plain(() => Promise.reject(thrown)))("subject", "1", "{}")).rejects.toBe(thrown);
  });

  it("serves the next request after each failure", () => {
    const dispatch = createDispatch(registryOf(echo));
    failure(() => dispatch("subject", "{", "{}"));
    failure(() => dispatch("nobody", "{}", "{}"));
    expect(dispatch("subject", "2", "{}")).toBe('{"got":2}');
  });
});
