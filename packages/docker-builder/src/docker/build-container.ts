import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type Docker from "dockerode";
import { BuilderError } from "../errors.js";
import { ownerLabel, removeAbandoned } from "./abandoned.js";
import { DEFAULT_MEMORY_BYTES, type ContainerSettings } from "./container-settings.js";
import { ExecOutput, type LineListeners } from "./exec-output.js";
import { explainStart } from "./start-failure.js";
import { unlessAborted, within } from "./within.js";

/** How a command in a container ended. */
export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecOptions extends LineListeners {
  /** Variables for this command, beside the container's. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Milliseconds in which the engine has to answer a request that does nothing long. */
const ANSWER_MS = 30_000;

/**
 * A container that lives as long as the build. Its main process reads standard input, which this process holds
 * open: when the build ends in whatever way, kill -9 among them, input ends, the process ends, and the engine
 * removes the container by itself.
 */
export class BuildContainer {
  /** Aborted when nothing more can come of the container: closed, out of time, connection lost, user's wish. */
  private readonly ended = new AbortController();
  private closing: Promise<void> | undefined;
  private input: NodeJS.ReadWriteStream | undefined;
  /** What the main process printed, which prints only why it cannot run. */
  private said = "";
  private readonly container: Docker.Container;
  /** Seconds. */
  private readonly started = Math.floor(Date.now() / 1000) - 1;
  readonly name = `laconic-build-${process.pid}-${randomBytes(4).toString("hex")}`;

  private constructor(
    private readonly docker: Docker,
    private readonly settings: ContainerSettings,
  ) {
    this.container = docker.getContainer(this.name);
  }

  /**
   * @param signal ends the build; its reason is what everything then rejects with
   * @throws {BuilderError} LAC5013 when the container cannot be started
   */
  static async start(
    docker: Docker,
    settings: ContainerSettings,
    signal: AbortSignal,
  ): Promise<BuildContainer> {
    const started = new BuildContainer(docker, settings);
    started.endWith(signal);
    try {
      await started.open();
      return started;
    } catch (error) {
      await started.close();
      throw signal.aborted ? signal.reason : explainStart(error, settings);
    }
  }

  /** Runs a command to its end; rejects only when that cannot be known, with the reason. */
  async exec(command: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
    try {
      return await this.execUnguarded(command, options);
    } catch (error) {
      // 404, 409: there is no such container any more, or it no longer runs.
      const { statusCode } = error as { statusCode?: number };
      throw statusCode === 404 || statusCode === 409 ? this.stopped() : error;
    }
  }

  private async execUnguarded(
    command: readonly string[],
    { env = {}, ...listeners }: ExecOptions,
  ): Promise<ExecResult> {
    const exec = await this.answer(
      this.container.exec({
        Cmd: [...command],
        Env: variables(env),
        AttachStdout: true,
        AttachStderr: true,
      }),
    );
    const stream = await this.answer(exec.start({ hijack: true, stdin: false }));
    const output = new ExecOutput(this.docker, stream, listeners);
    await unlessAborted(this.ended.signal, once(stream, "close"));
    const { ExitCode, Running } = await this.answer(exec.inspect());
    // The stream ends in the same way whether the command did or the connection.
    if (Running || ExitCode === null) throw this.lost();
    return { exitCode: ExitCode, ...output.finish() };
  }

  /** Whether the kernel ended a process of the container because memory ran out. */
  async ranOutOfMemory(): Promise<boolean> {
    // The engine hears of it a moment after the command's end.
    const until = ((Date.now() + OOM_DELAY_MS) / 1000).toFixed(3);
    const events = await this.docker
      .getEvents({
        since: this.started,
        until: Number(until),
        filters: { container: [this.name], event: ["oom"] },
      })
      .then(async (stream) => String(await readAll(stream)))
      .catch(() => "");
    return events.includes('"oom"');
  }

  /** Removes the container; safe to call at any time and more than once. */
  async close(): Promise<void> {
    return (this.closing ??= this.remove());
  }

  private async open(): Promise<void> {
    await this.answer(removeAbandoned(this.docker));
    await this.answer(this.docker.createContainer(this.description()));
    const attached = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
    this.input = await this.answer(this.container.attach(attached));
    this.input.on("error", () => {});
    this.input.on("data", (chunk: Buffer) => (this.said += chunk.toString("latin1").slice(0, SAID)));
    // A moment later, because the answer that says why it could not start is still on its way.
    this.input.once("close", () => setTimeout(() => this.ended.abort(this.stopped()), GRACE_MS).unref());
    await this.answer(this.container.start());
  }

  private description(): Docker.ContainerCreateOptions {
    const { image, platform, mounts, workdir, env, user, network, memoryBytes, cpus } = this.settings;
    const memory = memoryBytes ?? DEFAULT_MEMORY_BYTES;
    return {
      ...{ name: this.name, platform, Image: image, Labels: ownerLabel() },
      ...{ Entrypoint: ["cat"], Cmd: [], OpenStdin: true, StdinOnce: true, AttachStdin: true },
      ...{ WorkingDir: workdir, Env: variables(env), ...(user && { User: user }) },
      HostConfig: {
        AutoRemove: true,
        // Not the short form, which a colon in a path breaks and which makes folders that are not there.
        Mounts: mounts.map(({ host, container, readOnly }) => ({
          ...{ Type: "bind" as const, Source: host, Target: container, ReadOnly: readOnly },
        })),
        ...{ Memory: memory, MemorySwap: memory, ...(cpus && { NanoCpus: Math.round(cpus * 1e9) }) },
        ...(network ? {} : { NetworkMode: "none" }),
        SecurityOpt: ["no-new-privileges"],
      },
    };
  }

  private endWith(signal: AbortSignal): void {
    const stop = () => this.ended.abort(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    this.ended.signal.addEventListener("abort", () => signal.removeEventListener("abort", stop));
  }

  /** What the engine answers, or why it no longer can. */
  private async answer<T>(request: Promise<T>): Promise<T> {
    try {
      return await unlessAborted(
        this.ended.signal,
        within(ANSWER_MS, request, () => this.lost()),
      );
    } catch (error) {
      throw isConnectionError(error) ? this.lost(error) : error;
    }
  }

  /** What the end of the main process means, while the build still needs it. */
  private stopped(): unknown {
    return this.said ? explainStart(new Error(this.said.replace(/[^ -~]/g, "")), this.settings) : this.lost();
  }

  private lost(cause?: unknown): BuilderError {
    return new BuilderError("LAC5014", "The connection to the container engine was lost during the build.", {
      hint: `Build again once it answers (\`docker info\`). Its container ${this.name} goes when the engine is back.`,
      cause,
    });
  }

  private async remove(): Promise<void> {
    this.ended.abort(new BuilderError("LAC5016", "The build has ended."));
    (this.input as { destroy?: () => void } | undefined)?.destroy?.();
    // Its creation may still be under way when the connection broke: one that is not there yet is looked for again.
    for (let attempt = 0; attempt < REMOVAL_ATTEMPTS; attempt += 1) {
      if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 200 * attempt));
      if (await this.removedNow()) return;
    }
  }

  private async removedNow(): Promise<boolean> {
    try {
      await within(ANSWER_MS, this.container.remove({ force: true, v: true }), () => this.lost());
      return true;
    } catch (error) {
      const { statusCode } = error as { statusCode?: number };
      // 409: the engine is already removing it. 404: it is gone, unless it was never seen.
      return statusCode === 404 && this.input !== undefined;
    }
  }
}

const REMOVAL_ATTEMPTS = 4;
const OOM_DELAY_MS = 300;
const GRACE_MS = 500;
const SAID = 2000;

function variables(env: Readonly<Record<string, string>>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}

function isConnectionError(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return /^(ECONNRESET|ECONNREFUSED|EPIPE|ENOENT|ETIMEDOUT)$/.test(code ?? "");
}

async function readAll(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}
