import { Console } from "node:console";
import { Writable } from "node:stream";

/** What a console says, each line with the stream that it went to. */
function said(use, options = {}) {
  const said = [];
  const stream = (name) =>
    new Writable({
      decodeStrings: false,
      write(text, _encoding, done) {
        said.push(`${name} ${text}`);
        done();
      },
    });
  use(new Console({ stdout: stream("out"), stderr: stream("err"), ...options }));
  return said;
}

const nested = { a: 1, b: { c: [1, 2, 3], d: { e: { f: 1 } } } };
const cases = {
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
    console.assert(false, { a: 1 });
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
      new Map([
        ["a", 1],
        [{ b: 1 }, { c: { d: 1 } }],
      ]),
    ),
  "a table of a set": (console) => console.table(new Set([1, "x"])),
  "a table of nothing": (console) => console.table([]),
  "a table of no object": (console) => console.table("text"),
};

/** Times and places differ from run to run. */
const steady = (lines) =>
  lines.map((line) => line.replace(/[\d.]+(?=ms)/, "N").replace(/\n +at [\s\S]*/, " at ..."));

export function run(log) {
  for (const [name, use] of Object.entries(cases)) log(name, ...said(use));
  const grouped = (console) => {
    console.group("g");
    console.log(nested);
  };
  log("options", ...said(grouped, { groupIndentation: 4, inspectOptions: { depth: 0 } }));
  const timed = (console) => {
    console.time();
    console.timeLog("default", "x");
    console.timeEnd();
    console.trace("here %d", 1);
  };
  log("times and traces", ...steady(said(timed)));
  log("without new", Console(process.stdout) instanceof Console);
  try {
    new Console({});
  } catch (error) {
    log("no stream", error.name, error.code, error.message);
  }
  // Lambda's own Node runtime adds console.fatal, and so does the library.
  const members = Object.keys(console).filter((name) => name !== "fatal");
  log("members", members.sort().join(" "));
}
