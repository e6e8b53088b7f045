import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import type { InvokeOptions, Outcome } from "./invocation.js";
import { RuntimeApiEmulator } from "./runtime-api-emulator.js";

/** Lambda gives a function 10 s to ask for its first event. */
const INIT_LIMIT_MS = 10_000;
/** As long as all threads of a stopped process take to go on, and some. */
const THAW_MS = 50;
const KEPT_LINES = 20;

export type LogStream = "stdout" | "stderr";

export interface RuntimeCommand {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
}

/** How a process is run, whichever runtime it is of. */
export interface ProcessOptions {
  /** Each line that the function writes, without its end. */
  onLog?: ((line: string, stream: LogStream) => void) | undefined;
  /** Time between SIGTERM and SIGKILL for a process with an extension; default 500, as in Lambda. */
  shutdownMs?: number | undefined;
  /** Stops the process between invocations, as Lambda does with a sandbox that has nothing to do. */
  freezes?: boolean | undefined;
  /** Puts the process where it has less of the machine. */
  cage?: ((command: RuntimeCommand) => RuntimeCommand) | undefined;
}

export interface RuntimeOptions extends ProcessOptions {
  /** The default for invocations that name no timeout of their own. */
  timeoutMs?: number | undefined;
}

/** Process groups to end with this process. One listener for all: a test suite has dozens of sandboxes at once. */
const running = new Set<RuntimeProcess>();
process.on("exit", () => running.forEach((each) => each.kill()));

/** A runtime's process together with the Runtime API that it talks to. It serves until it ends or is closed. */
export class RuntimeProcess {
  #child: ChildProcess | undefined;
  #spawnedAt = 0;
  #alive = true;
  readonly #lastErrors: string[] = [];

  private constructor(
    readonly api: RuntimeApiEmulator,
    private readonly describe: (api: string) => RuntimeCommand,
    private readonly options: RuntimeOptions,
  ) {
    api.onTimeout = () => this.kill();
    if (options.freezes) api.onIdle = (isIdle) => this.#signal(isIdle ? "SIGSTOP" : "SIGCONT");
  }

  /** Prepare a process; `describe` is told where the Runtime API listens. Events may be queued before `spawn()`. */
  static async prepare(
    describe: (api: string) => RuntimeCommand,
    options: RuntimeOptions = {},
  ): Promise<RuntimeProcess> {
    return new RuntimeProcess(await RuntimeApiEmulator.start(), describe, options);
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** False once the process has ended; a new one is needed then, as in Lambda. */
  get alive(): boolean {
    return this.#alive;
  }

  /** When the process was started, by `performance.now()`. */
  get spawnedAt(): number {
    return this.#spawnedAt;
  }

  spawn(): void {
    const described = this.describe(this.api.address);
    const { command, args, cwd, env } = this.options.cage?.(described) ?? described;
    this.#spawnedAt = performance.now();
    // A process group of its own, so that whatever the function starts ends with it.
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    this.#child = child;
    running.add(this);
    const initTimer = setTimeout(() => this.#initExpired(), INIT_LIMIT_MS);
    this.#follow(child.stdout, "stdout");
    this.#follow(child.stderr, "stderr");
    child.once("error", (error) => this.#ended(initTimer, `Error: ${error.message}`));
    child.once("close", (code, signal) => {
      const reason = signal ? `signal: ${signal}` : `exit status ${code}`;
      this.#ended(initTimer, [`Error: Runtime exited with error: ${reason}`, ...this.#lastErrors].join("\n"));
    });
  }

  /** Send one event and wait for how it ends; it never throws for what the function does. */
  invoke(event: string | Uint8Array, options: InvokeOptions = {}): Promise<Outcome> {
    return this.api.invoke(event, { timeoutMs: this.options.timeoutMs, ...options });
  }

  /** End the process as Lambda does, with SIGTERM first if it has an extension, and then the Runtime API. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child?.pid !== undefined && this.#alive) {
      const closed = once(child, "close");
      if (this.api.hasExtension) {
        // In Lambda the process never sees that it was stopped. Here its threads have to go on first: the one that takes a
        // signal before that need not be the one that can act on it.
        this.#signal("SIGCONT");
        if (this.options.freezes) await pause(THAW_MS);
        this.#signal("SIGTERM");
      } else this.kill();
      const killing = setTimeout(() => this.kill(), this.options.shutdownMs ?? 500);
      await closed;
      clearTimeout(killing);
    }
    await this.api.close();
  }

  #follow(stream: Readable, name: LogStream): void {
    createInterface({ input: stream }).on("line", (line) => {
      if (name === "stderr" && this.#lastErrors.push(line) > KEPT_LINES) this.#lastErrors.shift();
      this.options.onLog?.(line, name);
    });
  }

  #initExpired(): void {
    if (this.api.initialized) return;
    this.api.initTimedOut();
    this.kill();
  }

  #ended(initTimer: NodeJS.Timeout, message: string): void {
    clearTimeout(initTimer);
    running.delete(this);
    this.#alive = false;
    this.api.runtimeExited(message);
  }

  /** End the process and whatever it started, at once. */
  kill(): void {
    this.#signal("SIGKILL");
  }

  #signal(signal: NodeJS.Signals): void {
    const pid = this.#child?.pid;
    if (pid === undefined || !this.#alive) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // It ended by itself a moment ago.
    }
  }
}
