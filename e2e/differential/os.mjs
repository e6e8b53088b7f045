import os, * as names from "node:os";
import { attempt } from "./attempt.mjs";

export function run(log) {
  const steady = [
    "arch",
    "availableParallelism",
    "endianness",
    "homedir",
    "hostname",
    "machine",
    "networkInterfaces",
    "platform",
    "release",
    "tmpdir",
    "totalmem",
    "type",
    "userInfo",
    "version",
  ];
  for (const name of steady)
    log(
      name,
      attempt(() => os[name]()),
      String(names[name] === os[name]),
    );
  for (const name of Object.keys(os)) {
    const value = os[name];
    const { writable, configurable, enumerable } = Object.getOwnPropertyDescriptor(os, name);
    log(`member ${name}`, typeof value, String(writable), String(configurable), String(enumerable));
    if (typeof value === "function")
      log(`function ${name}`, value.name, String(typeof value[Symbol.toPrimitive]));
  }
  log("as text", `${os.hostname}` === os.hostname(), `${os.tmpdir}`, os.EOL, os.devNull);
  log("constants", JSON.stringify(os.constants));
  log(
    "processors",
    String(os.cpus().length),
    JSON.stringify(os.cpus().map(({ model, speed, times }) => [model, speed, Object.keys(times)])),
  );
  log(
    "changing",
    [
      os.freemem() > 0 && os.freemem() < os.totalmem(),
      os.uptime() > 0,
      os.loadavg().length,
      os.loadavg().every((load) => load >= 0),
    ].join(),
  );
  log("prototype", String(Object.getPrototypeOf(os.userInfo())));
  log(
    "bytes",
    attempt(() => os.userInfo({ encoding: "buffer" }).username),
  );
  errors(log);
}

function errors(log) {
  log(
    "priority",
    attempt(() => os.getPriority()),
    attempt(() => os.getPriority(0)),
    attempt(() => os.setPriority(os.getPriority())),
  );
  for (const pid of ["a", null, 2 ** 31, 1.5, 999_999, NaN, {}])
    log(
      "of",
      attempt(() => os.getPriority(pid)),
    );
  for (const given of [[], [100], ["a"], [0, "x"], [999_999, 1], [0, -21], [1.5, 1], [null, 1]])
    log(
      "set",
      attempt(() => os.setPriority(...given)),
    );
  try {
    os.getPriority(999_999);
  } catch (error) {
    log(
      "system error",
      error.name,
      error.message,
      error.code,
      JSON.stringify(error.info),
      Object.keys(error).join(),
      String(error),
      error.stack.split("\n")[0],
    );
  }
  const { HOME, TMPDIR } = process.env;
  process.env.HOME = "/elsewhere";
  process.env.TMPDIR = "/temporary/";
  log("environment", os.homedir(), os.userInfo().homedir, os.tmpdir());
  process.env.TMPDIR = "/";
  log("root", os.tmpdir());
  delete process.env.HOME;
  log("without", os.homedir());
  if (HOME !== undefined) process.env.HOME = HOME;
  if (TMPDIR !== undefined) process.env.TMPDIR = TMPDIR;
  else delete process.env.TMPDIR;
}
