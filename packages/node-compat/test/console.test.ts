import { Console as NodeConsole } from "node:console";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { Console } from "../modules/console/console.js";

type Make = typeof NodeConsole;

function said(Class: Make, use: (console: Console) => void, options: object = {}): string[] {
  const said: string[] = [];
  const stream = (name: string): Writable =>
    new Writable({
      decodeStrings: false,
      write: (text: string, _encoding, done) => (said.push(`${name} ${text}`), done()),
    });
  use(new Class({ stdout: stream("out"), stderr: stream("err"), ...options } as never));
  return said;
}

const nested = { a: 1, b: { c: [1, 2, 3], d: { e: { f: 1 } } } };
const cases: Record<string, (console: Console) => void> = {
  "texts and formats": (console) => {
    console.log("a", 1, null);
    console.info("%s is %d and %j%%", "x", 5, { y: 1 });
    console.debug();
    console.log("100%");
  },
  objects: (console) => console.log(nested, [undefined, new Map([[1, { a: 2 }]])], new Set("ab")),
  "errors and warnings": (console) => {
    console.error("bad %o", 1);
    console.warn(nested);
  },
  assertions: (console) => {
    console.assert(true, "never");
    console.assert(false, "no %s", "x");
    console.assert(false, { a: 1 } as never);
    console.assert(false);
  },
  groups: (console) => {
    console.group("one", 1);
    console.log("in\nside");
    console.group();
    console.error("deeper");
    console.groupEnd();
    console.groupCollapsed("two");
    console.table([1]);
    console.groupEnd();
    console.groupEnd();
    console.groupEnd();
    console.log("out");
  },
  counts: (console) => {
    console.count();
    console.count("a");
    console.count("a");
    console.countReset("a");
    console.count("a");
    console.count(undefined);
  },
  dir: (console) => {
    console.dir(nested, { depth: 0 });
    console.dir([1, "x"], { showHidden: true });
    console.dirxml(nested, "x");
  },
  "a table of objects": (console) =>
    console.table([
      { a: 1, b: "x" },
      { a: 2, c: { d: 1 } },
    ]),
  "a table of some columns": (console) => console.table([{ a: 1, b: "x" }, { b: "y" }], ["b", "z"]),
  "a table of lists": (console) => console.table([[1, 2], ["a"]]),
  "a table of values": (console) => console.table(["x", 5, null, undefined, { a: 1 }]),
  "a table of an object": (console) =>
    console.table({ first: { a: [1, 2, 3, 4], b: { c: 1, d: 2, e: 3 } }, second: 2 }),
  "a table of a map": (console) =>
    console.table(
      new Map<unknown, unknown>([
        ["a", 1],
        [{ b: 1 }, { c: { d: 1 } }],
      ]),
    ),
  "a table of a set": (console) => console.table(new Set([1, "x"])),
  "a table of nothing": (console) => console.table([]),
  "a table of no object": (console) => console.table("text"),
};

describe("Console", () => {
  it.each(Object.entries(cases))("prints %s as Node does", (_name, use) => {
    expect(said(Console as never, use)).toEqual(said(NodeConsole, use));
  });

  it("takes options, as in Node", () => {
    const options = { groupIndentation: 4, inspectOptions: { depth: 0 } };
    const use = (console: Console): void => {
      console.group("g");
      console.log(nested);
    };
    expect(said(Console as never, use, options)).toEqual(said(NodeConsole, use, options));
  });

  it("tells times, and where a trace is from", () => {
    const lines = said(Console as never, (console) => {
      console.time();
      console.timeLog("default", "x");
      console.timeEnd();
      console.trace("here %d", 1);
    });
    expect(lines[0]).toMatch(/^out default: [\d.]+ms x\n$/);
    expect(lines[1]).toMatch(/^out default: [\d.]+ms\n$/);
    expect(lines[2]).toMatch(/^err Trace: here 1\n +at .*console\.test/);
  });

  it("is made without new too, and refuses what is no stream", () => {
    const stream = { write: () => true };
    expect((Console as never as (stream: object) => Console)(stream)).toBeInstanceOf(Console);
    expect(() => new (Console as never as Make)({} as never)).toThrow(
      expect.objectContaining({ code: "ERR_CONSOLE_WRITABLE_STREAM" }),
    );
  });
});
