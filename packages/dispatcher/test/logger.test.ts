import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

let written: string[];
let RequestLogger: typeof import("../src/logger.js").RequestLogger;

beforeEach(async () => {
  // The environment is read once.
  vi.resetModules();
  ({ RequestLogger } = await import("../src/logger.js"));
  written = [];
  for (const level of ["debug", "info", "warn", "error"] as const) {
    vi.spyOn(console, level).mockImplementation((line: string) => void written.push(line));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("the logger", () => {
  it("writes one line a call with time, request id and level", () => {
    new RequestLogger("id-1").warn("low on", { left: 3 }, 5n);
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z\tid-1\tWARN\tlow on {"left":3} 5$/);
  });

  it("writes JSON records when Lambda is set to JSON", () => {
    vi.stubEnv("AWS_LAMBDA_LOG_FORMAT", "JSON");
    const logger = new RequestLogger("id-2");
    logger.info("hello", "there");
    logger.error(new TypeError("no"));
    logger.info({ order: 5n });
    const records = written.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records[0]).toMatchObject({ level: "INFO", requestId: "id-2", message: "hello there" });
    expect(records[1]).toMatchObject({
      level: "ERROR",
      message: { errorType: "TypeError", errorMessage: "no" },
    });
    expect(records[2]).toMatchObject({ message: { order: "5" } });
  });

  it.each([
    [undefined, ["INFO", "WARN", "ERROR"]],
    ["DEBUG", ["DEBUG", "INFO", "WARN", "ERROR"]],
    ["ERROR", ["ERROR"]],
    ["FATAL", []],
    ["nonsense", ["DEBUG", "INFO", "WARN", "ERROR"]],
  ])("at level %s writes %j", (level, expected) => {
    if (level !== undefined) vi.stubEnv("AWS_LAMBDA_LOG_LEVEL", level);
    const logger = new RequestLogger("id");
    logger.debug("x");
    logger.info("x");
    logger.warn("x");
    logger.error("x");
    expect(written.map((line) => line.split("\t")[2])).toEqual(expected);
  });

  it("never fails a request", () => {
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const logger = new RequestLogger("id");
    logger.info(circular, undefined, null, Symbol("s"), () => 1, new Error("with stack"));
    expect(written).toHaveLength(1);
    expect(written[0]).toContain("with stack");
  });
});
