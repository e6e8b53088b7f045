import { kill as sendSignal, start } from "laconic:processes";
import { close, listen, setReferenced, type SocketEvent } from "laconic:sockets";
import { EventEmitter } from "../events/emitter.js";
import type { Any } from "../internal/any.js";
import { AbortError, unsupported } from "../internal/errors.js";
import { bindContext } from "../net/context.js";
import { errnoException } from "../net/errno.js";
import { Socket } from "../net/socket.js";
import { SystemHandle } from "../net/system-handle.js";
import { nextTick } from "../process/ticks.js";
import { channelsOf, signalName, signalOf, type Spawning } from "./arguments.js";

const ESRCH = -3;
/** What the app hears of by the event "error"; anything else is thrown. */
const TOLD = [-2, -7, -11, -13, -23, -24];

/** A program that was started, with streams for its descriptors. */
export class ChildProcess extends (EventEmitter as Any) {
  pid: number | undefined;
  stdin: Any = null;
  stdout: Any = null;
  stderr: Any = null;
  stdio: Any[] = [];
  killed = false;
  connected = false;
  exitCode: number | null = null;
  signalCode: string | null = null;
  spawnfile: string | undefined;
  spawnargs: readonly string[] | undefined;
  #id: number | undefined;
  /** How many of its ends have yet to come before it is closed: its own, and its streams'. */
  #open = 0;

  spawn(spawning: Spawning): void {
    const { options, shown, ...program } = spawning;
    this.spawnfile = program.file;
    this.spawnargs = shown;
    const channels = channelsOf(options.stdio ?? "pipe", false);
    const hear = (kind: SocketEvent, value: unknown): void => {
      if (kind === "exit") this.#exited(...(value as [number, number]));
      else if (kind === "wait") this.#exited(value as number, 0);
    };
    const { errno, pid, id, pipes } = start({ ...program, stdio: channels }, bindContext(hear));
    if (errno !== undefined && !TOLD.includes(errno)) throw errnoException(errno, "spawn");
    this.pid = errno === undefined ? pid : undefined;
    this.#id = id;
    this.#open = 1;
    this.stdio = channels.map((channel, index) => this.#stream(channel, index, pipes?.[index]));
    [this.stdin, this.stdout, this.stderr] = this.stdio;
    if (errno === undefined) nextTick(() => this.emit("spawn"));
    else nextTick(() => this.#exited(errno, 0));
  }

  #stream(channel: number, index: number, id: number | undefined): Any {
    if (channel !== -1) return null;
    const socket: Any = new Socket({ readable: index > 0 } as Any);
    if (index > 0) this.#open++;
    if (index > 0) socket.on("close", () => this.#closed());
    if (id === undefined) {
      // There is no program: what would be written goes nowhere.
      socket.destroy();
      return socket;
    }
    const handle = new SystemHandle((listener) => {
      listen(id, listener);
      return id;
    });
    socket.connecting = true;
    socket._attempt = { cancel: () => handle.close(() => undefined) };
    handle.onOpen = (errno) => {
      socket._attempt = undefined;
      if (errno === 0) return socket._connected(handle);
      socket._handle = handle;
      socket.destroy(errnoException(errno, "open"));
    };
    if (index > 0) socket.read(0);
    return socket;
  }

  #exited(code: number, signal: number): void {
    if (this.#id !== undefined) close(this.#id);
    this.#id = undefined;
    if (signal > 0) this.signalCode = signalName(signal);
    else this.exitCode = code;
    this.stdin?.destroy();
    if (code < 0 && signal === 0) {
      const syscall = this.spawnfile ? `spawn ${this.spawnfile}` : "spawn";
      const fields = { path: this.spawnfile, spawnargs: this.spawnargs?.slice(1) };
      this.emit("error", errnoException(code, syscall, fields));
    } else this.emit("exit", this.exitCode, this.signalCode);
    // What nobody reads is read away, so that the streams end.
    nextTick(() => {
      for (const stream of this.stdio) {
        if (
          stream?.readable &&
          !stream._readableState.readableListening &&
          stream._readableState.flowing === null
        )
          stream.resume();
      }
    });
    this.#closed();
  }

  #closed(): void {
    if (--this.#open === 0) this.emit("close", this.exitCode, this.signalCode);
  }

  kill(signal?: unknown): boolean {
    const number = signalOf(signal === 0 ? 0 : signal || undefined);
    if (this.#id === undefined || this.pid === undefined) return false;
    const errno = sendSignal(this.pid, number);
    if (errno === 0) {
      this.killed = true;
      return true;
    }
    if (errno === ESRCH) return false;
    if (errno === -22 || errno === -38) throw errnoException(errno, "kill");
    this.emit("error", errnoException(errno, "kill"));
    return false;
  }

  ref(): void {
    if (this.#id !== undefined) setReferenced(this.#id, true);
  }

  unref(): void {
    if (this.#id !== undefined) setReferenced(this.#id, false);
  }

  send(): never {
    throw unsupported("ChildProcess.send()", "there is no other JavaScript that could be talked to");
  }

  disconnect(): never {
    throw unsupported("ChildProcess.disconnect()", "there is no other JavaScript that could be talked to");
  }

  [(Symbol as Any).dispose ?? Symbol.for("nodejs.dispose")](): void {
    if (!this.killed) this.kill();
  }
}

export function spawnChild(spawning: Spawning): ChildProcess {
  const { options } = spawning;
  const child = new ChildProcess();
  child.spawn(spawning);
  if (options.timeout > 0) {
    const timer = setTimeout(() => {
      try {
        child.kill(options.killSignal);
      } catch (error) {
        child.emit("error", error);
      }
    }, options.timeout);
    child.once("exit", () => clearTimeout(timer));
  }
  const { signal } = options;
  if (signal) {
    const abort = (): void => {
      const isKilled = child.kill(options.killSignal);
      if (isKilled) child.emit("error", new AbortError(undefined, { cause: signal.reason }));
    };
    if (signal.aborted) nextTick(abort);
    else {
      signal.addEventListener("abort", abort, { once: true });
      child.once("exit", () => signal.removeEventListener("abort", abort));
    }
  }
  return child;
}
