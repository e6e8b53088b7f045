import { Writable } from "node:stream";
import winston from "winston";

const {
  combine,
  json,
  simple,
  printf,
  label,
  splat,
  errors,
  ms,
  uncolorize,
  colorize,
  prettyPrint,
  timestamp,
  metadata,
  logstash,
} = winston.format;
const collect = async (options, use) => {
  const lines = [];
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk).replace(/\r?\n$/, ""));
      done();
    },
  });
  const logger = winston.createLogger({
    transports: [new winston.transports.Stream({ stream })],
    ...options(stream),
  });
  use(logger);
  await new Promise((resolve) => logger.end(() => setImmediate(resolve)));
  return lines;
};

export const cases = {
  JSON: () =>
    collect(
      () => ({ format: json() }),
      (log) => {
        log.info("hello", { a: 1 });
        log.warn("ä 🎉");
        log.debug("below");
      },
    ),
  levels: () =>
    collect(
      () => ({ level: "silly", format: simple() }),
      (log) =>
        ["error", "warn", "info", "http", "verbose", "debug", "silly"].forEach((level) =>
          log.log(level, `at ${level}`),
        ),
    ),
  "printf and label": () =>
    collect(
      () => ({
        format: combine(
          label({ label: "app" }),
          printf(({ level, message, label }) => `[${label}] ${level}: ${message}`),
        ),
      }),
      (log) => log.info("formatted"),
    ),
  splat: () =>
    collect(
      () => ({ format: combine(splat(), simple()) }),
      (log) => log.info("%s is %d years and %j", "Zoë", 5, { a: 1 }, { meta: true }),
    ),
  errors: () =>
    collect(
      () => ({ format: combine(errors({ stack: false }), json()) }),
      (log) => {
        log.error(new Error("broken"));
        log.error("with", { code: 5 });
      },
    ),
  colours: () =>
    collect(
      () => ({ format: combine(colorize({ all: true }), simple()) }),
      (log) => {
        log.info("blue?");
        log.error("red");
      },
    ),
  "without colours": () =>
    collect(
      () => ({ format: combine(colorize(), uncolorize(), simple()) }),
      (log) => log.info("plain"),
    ),
  pretty: () =>
    collect(
      () => ({ format: prettyPrint() }),
      (log) => log.info("pretty", { a: { b: { c: [1] } } }),
    ),
  timestamps: () =>
    collect(
      () => ({ format: combine(timestamp({ format: () => "now" }), json()) }),
      (log) => log.info("t"),
    ),
  "metadata and logstash": () =>
    collect(
      () => ({ format: combine(metadata(), json()) }),
      (log) => log.info("m", { x: 1 }),
    ),
  "child loggers": () =>
    collect(
      () => ({ defaultMeta: { service: "a" }, format: json() }),
      (log) => log.child({ request: "r" }).info("child"),
    ),
  "own levels": () =>
    collect(
      () => ({ levels: { alarm: 0, calm: 1 }, level: "alarm", format: simple() }),
      (log) => {
        log.alarm("a");
        log.calm("c");
      },
    ),
  filters: () =>
    collect(
      () => ({ format: combine(winston.format((info) => (info.secret ? false : info))(), json()) }),
      (log) => {
        log.info("shown");
        log.info("hidden", { secret: true });
      },
    ),
  silent: () =>
    collect(
      () => ({ silent: true }),
      (log) => log.info("no"),
    ),
  "several transports": async () => {
    const errorsOnly = [];
    const lines = await collect(
      (stream) => ({
        transports: [
          new winston.transports.Stream({ stream, format: simple() }),
          new winston.transports.Stream({
            level: "error",
            stream: new Writable({
              write(chunk, _, done) {
                errorsOnly.push(String(chunk));
                done();
              },
            }),
          }),
        ],
      }),
      (log) => {
        log.info("i");
        log.error("e");
      },
    );
    return [lines, errorsOnly.length];
  },
  "levels asked": () => {
    const log = winston.createLogger({ level: "warn" });
    return [log.isLevelEnabled("info"), log.isErrorEnabled(), Object.keys(winston.config.npm.levels)];
  },
  profiles: () =>
    collect(
      () => ({ format: combine(printf(({ message, durationMs }) => `${message} ${typeof durationMs}`)) }),
      (log) => {
        log.profile("p");
        log.profile("p");
      },
    ),
  ms: () => typeof ms && typeof logstash,
};
