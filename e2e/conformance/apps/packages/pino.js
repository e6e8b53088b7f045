import { Writable } from "node:stream";
import pino from "pino";

const collect = (options = {}, use) => {
  const lines = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(
        ...String(chunk)
          .trim()
          .split("\n")
          .map((line) => {
            try {
              return JSON.parse(line);
            } catch {
              return line;
            }
          }),
      );
      done();
    },
  });
  use(pino({ base: null, timestamp: false, ...options }, stream));
  return new Promise((resolve) => setImmediate(() => resolve(lines)));
};

export const cases = {
  levels: () =>
    collect({ level: "trace" }, (log) =>
      ["trace", "debug", "info", "warn", "error", "fatal"].forEach((level) => log[level](`at ${level}`)),
    ),
  "below the level": () =>
    collect({ level: "warn" }, (log) => {
      log.info("no");
      log.warn("yes");
      log.level = "debug";
      log.debug("now");
    }),
  "objects and formats": () =>
    collect({}, (log) => {
      log.info({ a: 1, nested: { b: [1] } }, "hello %s %d %j %o", "x", 5, { c: 1 }, { d: 2 });
      log.info({ only: "object" });
    }),
  errors: () =>
    collect({}, (log) => {
      const error = new TypeError("broken");
      error.code = "E";
      delete error.stack;
      log.error(error);
      log.error({ err: error }, "with text");
    }).then((lines) =>
      lines.map(({ err, ...rest }) => ({ ...rest, type: err.type, message: err.message, code: err.code })),
    ),
  children: () =>
    collect({}, (log) => {
      const child = log.child({ request: "1" }, { level: "debug" });
      child.debug("child");
      child.child({ deeper: true }).info("grandchild");
    }),
  redacts: () =>
    collect({ redact: { paths: ["password", "user.token", "list[*].secret"], censor: "***" } }, (log) =>
      log.info({ password: "x", user: { token: "t", name: "n" }, list: [{ secret: 1 }, { secret: 2 }] }),
    ),
  "serializers and formatters": () =>
    collect(
      {
        serializers: { user: ({ name }) => name },
        formatters: {
          level: (label) => ({ level: label }),
          log: (object) => ({ ...object, added: true }),
          bindings: () => ({ bound: 1 }),
        },
        base: {},
      },
      (log) => log.info({ user: { name: "zoë", secret: 1 } }, "x"),
    ),
  "own levels and keys": () =>
    collect(
      { customLevels: { notice: 35 }, messageKey: "text", errorKey: "problem", nestedKey: "data" },
      (log) => {
        log.notice({ a: 1 }, "noticed");
      },
    ),
  mixins: () => collect({ mixin: () => ({ trace: "t1" }) }, (log) => log.info("mixed")),
  "circular and odd values": () =>
    collect({}, (log) => {
      const circle = { a: 1 };
      circle.self = circle;
      log.info(circle);
      log.info({
        big: 5n,
        undef: undefined,
        fn: () => 1,
        date: new Date(0),
        map: new Map([[1, 2]]),
        buffer: Buffer.from("x"),
        nan: NaN,
      });
    }),
  timestamps: () => collect({ timestamp: () => ',"time":"fixed"' }, (log) => log.info("t")),
  hooks: () =>
    collect(
      {
        hooks: {
          logMethod(args, method) {
            method.apply(this, ["[hooked]", ...args].slice(0, 1));
          },
        },
      },
      (log) => log.info("x"),
    ),
  "unicode and escapes": () => collect({}, (log) => log.info('quote " \\ \n \u2028 🎉 \u0001')),
  "bindings and levels": () => {
    const log = pino({ level: "error", base: { a: 1 } });
    return [
      log.bindings(),
      log.isLevelEnabled("info"),
      log.levels.values,
      pino.stdSerializers.req({ method: "GET", url: "/", headers: { a: "1" }, socket: {} }),
    ];
  },
  silent: () => collect({ enabled: false }, (log) => log.fatal("no")),
  multistream: async () => {
    const seen = [];
    const to = (name) =>
      new Writable({
        write(chunk, _, done) {
          seen.push([name, JSON.parse(chunk).msg]);
          done();
        },
      });
    pino(
      { level: "debug" },
      pino.multistream([
        { level: "debug", stream: to("all") },
        { level: "error", stream: to("errors") },
      ]),
    ).error("both");
    await new Promise(setImmediate);
    return seen;
  },
};
