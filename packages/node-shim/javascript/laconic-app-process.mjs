// The process that the app runs in: installed, started, watched, started again.
import { spawn } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { LaconicError, revived } from "./laconic-errors.mjs";

/** How often a process that ended is started again, in the life of the sandbox. */
export const RESTARTS = 5;
/** The program, which runs the app under Node and serves its functions on the port. */
const PROGRAM = "laconic-app.mjs";
/** What the program needs beside it; everything else of the package it finds through links. */
const COPIED = [
  PROGRAM,
  ...["laconic-errors.mjs", "laconic-service.mjs", "laconic-open-requests.mjs"],
  ...["laconic-servers.mjs", "laconic-traces.mjs"],
];
/** Of the code that a process ends with, when its port is another's. */
export const PORT_TAKEN = 98;

/**
 * @typedef {object} Settings
 * @property {string} bundle file name of the app's bundle
 * @property {number} port
 * @property {number} startLimitMs how long a process may take until it says that it is ready
 * @property {(name: "ProcessCreated" | "ProcessTerminated") => void} count
 *
 * @typedef {import("node:stream").Duplex} Duplex
 *
 * @typedef {object} Running
 * @property {Promise<void>} ready rejects when the process ends or takes too long before it is ready
 * @property {Promise<string>} ended in words, once it has
 * @property {() => void} kill
 */

export class AppProcess {
  /** @type {Running | undefined} */
  #running;
  #starts = 0;
  /** Called when the running process says that it is ready. */
  #signalled = () => {};
  /** @type {string | undefined} */
  #program;

  /** @param {Settings} settings */
  constructor(settings) {
    this.settings = settings;
    process.on("SIGUSR2", () => this.#signalled());
    process.on("exit", () => this.#running?.kill());
    process.on("SIGTERM", () => process.exit(0));
  }

  /** The process that serves requests; started when there is none. @returns {Running} @throws {LaconicError} LAC6306 */
  get running() {
    return (this.#running ??= this.#start());
  }

  #start() {
    if (this.#starts > RESTARTS) {
      const message = `the app's process ended ${this.#starts} times; the next sandbox begins afresh. Its exit codes are in the log.`;
      throw new LaconicError("LAC6306", message);
    }
    this.#starts += 1;
    this.settings.count("ProcessCreated");
    this.#program ??= install(this.settings.bundle);
    const child = spawn(this.#program, [], {
      env: environment(this.settings),
      stdio: ["pipe", "pipe", "pipe", "pipe"],
    });
    const [stdin, stdout, stderr, failures] = /** @type {[Duplex, Duplex, Duplex, Duplex]} */ (
      /** @type {unknown} */ (child.stdio)
    );
    // Nothing is written: that it closes tells the process that this one is gone.
    stdin.on("error", () => {});
    createInterface({ input: stdout }).on("line", passOn);
    createInterface({ input: stderr }).on("line", (line) => console.error(line));
    const failure = text(failures).catch(() => "");

    /** @type {Promise<{ words: string, error?: Error }>} */
    const ending = new Promise((resolve) => {
      child.once("error", (error) => resolve({ words: `could not be started: ${error.message}`, error }));
      child.once("exit", (code, signal) =>
        resolve({ words: signal ? `ended by ${signal}` : `ended with exit code ${code}` }),
      );
    });
    let isReady = false;
    const ready = new Promise((/** @type {(value: void) => void} */ resolve, reject) => {
      const timer = setTimeout(() => {
        reject(notReady(this.settings.startLimitMs));
        child.kill("SIGKILL");
      }, this.settings.startLimitMs);
      this.#signalled = () => {
        isReady = true;
        clearTimeout(timer);
        resolve();
      };
      void ending.then(async ({ words, error }) => {
        clearTimeout(timer);
        reject(
          error ? notStarted(error) : failedToLoad(await failure, words, child.exitCode, this.settings.port),
        );
      });
    });
    // Whoever needs the process looks at it; a rejection before that is no failure of this one.
    ready.catch(() => {});
    const running = {
      ready,
      ended: ending.then(({ words }) => words),
      kill: () => void child.kill("SIGKILL"),
    };
    void running.ended.then((words) => {
      this.settings.count("ProcessTerminated");
      console.error(`The app's process ${words} (start ${this.#starts} of ${RESTARTS + 1})`);
      if (this.#running === running) this.#running = undefined;
      // At once, so that the next request need not wait; one that never became ready is started for a request only.
      if (isReady && this.#starts <= RESTARTS) this.#running = this.#start();
    });
    return running;
  }
}

/**
 * Copies the program to where it can be made executable, with links to the rest of the package. Returns its path.
 * @param {string} bundle
 */
function install(bundle) {
  const task = dirname(fileURLToPath(import.meta.url));
  const folder = join(tmpdir(), `laconic-app-${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(task)) {
    if (name !== bundle && !COPIED.includes(name)) symlinkSync(join(task, name), join(folder, name));
  }
  for (const name of [bundle, ...COPIED]) {
    // Never half a file under its name: a sandbox that is started again may find what an ended one left.
    const draft = join(folder, `${name}.draft`);
    copyFileSync(join(task, name), draft);
    renameSync(draft, join(folder, name));
  }
  const program = join(folder, PROGRAM);
  chmodSync(program, 0o755);
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return program;
}

/** @param {Pick<Settings, "port" | "bundle">} settings */
function environment({ port, bundle }) {
  return {
    ...process.env,
    // The program's first line names no path: it is to run in the Node that runs this.
    PATH: [dirname(process.execPath), process.env["PATH"]].filter(Boolean).join(delimiter),
    LACONIC_PROXY_PORT: String(port),
    LACONIC_PROXY_BUNDLE: bundle,
    LACONIC_PROXY_PARENT: String(process.pid),
  };
}

/** @param {number} limitMs */
function notReady(limitMs) {
  return new LaconicError(
    "LAC6304",
    `the app's process did not say within ${limitMs} ms that it is ready (SIGUSR2). Load less at the top level of the app, ` +
      "give the function more memory, or raise LACONIC_PROXY_START_MS.",
  );
}

/** @param {Error} cause */
function notStarted(cause) {
  return new LaconicError(
    "LAC6303",
    `the app's process could not be started: ${cause.message}. ${tmpdir()} must allow programs to run.`,
    cause,
  );
}

/**
 * The app's own error when it threw one while it was loaded.
 * @param {string} description @param {string} words @param {number | null} code @param {number} port
 */
function failedToLoad(description, words, code, port) {
  if (code === PORT_TAKEN) {
    return new LaconicError(
      "LAC6309",
      `port ${port} of 127.0.0.1 is taken by another process. Set LACONIC_PROXY_PORT to a free one.`,
    );
  }
  try {
    return revived(JSON.parse(description));
  } catch {
    return new LaconicError(
      "LAC6303",
      `the app's process ${words} before it was ready; its last lines are in the log.`,
    );
  }
}

/** How a line in CloudWatch's embedded metric format begins, as Laconic's metrics and AWS's libraries write it. */
const METRICS = '{"_aws":';

/** Metrics go on as they are: behind the request's id, they would be text. @param {string} line */
function passOn(line) {
  if (line.startsWith(METRICS)) process.stdout.write(`${line}\n`);
  else console.log(line);
}
