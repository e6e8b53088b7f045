import { fork } from "node:child_process";
import { once } from "node:events";
import { pathToFileURL } from "node:url";
import { fileURLToPath } from "node:url";

const CHILD = fileURLToPath(new URL("child.mjs", import.meta.url));
const HOOKS = new URL("typescript-hooks.mjs", import.meta.url).href;
const LIMIT_MS = 120_000;

/** A Node process that holds one app. */
export class NodeChild {
  #child;
  #log = "";

  /**
   * @param {string} node the program
   * @param {import("./apps.mjs").Kind} kind
   * @param {string} module absolute path
   * @param {"reference" | "dispatcher"} mode
   * @param {Readonly<Record<string, string>>} env its whole environment
   */
  constructor(node, kind, module, mode, env) {
    this.#child = fork(CHILD, [kind, pathToFileURL(module).href, mode], {
      execPath: node,
      env: { PATH: process.env.PATH, ...env },
      execArgv: ["--import", HOOKS, "--no-warnings"],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    const keep = (chunk) => (this.#log = (this.#log + chunk).slice(-4000));
    this.#child.stdout.on("data", keep);
    this.#child.stderr.on("data", keep);
  }

  /** What the child says first: `{ port }`, or `{ ready, names }`. @throws when the app does not load */
  async opened() {
    const message = await this.#next();
    if (message.failed) throw new Error(`the app does not load in Node: ${message.failed}`);
    return message;
  }

  /** @returns {Promise<{ value: unknown } | { error: { errorType: string, errorMessage: string } }>} */
  invoke(event, context) {
    this.#child.send({ event, context });
    return this.#next();
  }

  async close() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const closed = once(this.#child, "close");
    this.#child.kill("SIGKILL");
    await closed;
  }

  async #next() {
    const waiting = new AbortController();
    const late = setTimeout(() => waiting.abort(new Error(`no answer in ${LIMIT_MS} ms`)), LIMIT_MS);
    try {
      const { signal } = waiting;
      const ended = once(this.#child, "close", { signal }).then(([code]) => {
        throw new Error(`the Node process ended with ${code}: ${this.#log}`);
      });
      const [message] = await Promise.race([once(this.#child, "message", { signal }), ended]);
      ended.catch(() => undefined);
      return message;
    } finally {
      clearTimeout(late);
      waiting.abort();
    }
  }
}
