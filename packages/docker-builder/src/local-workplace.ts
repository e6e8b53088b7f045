import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, type Options } from "execa";
import type { Command } from "./builder.js";
import { BuilderError } from "./errors.js";
import type { Outcome, Workplace } from "./workplace.js";

/** Runs commands on this machine, in its own environment. */
export class LocalWorkplace implements Workplace {
  readonly name = "on this machine";

  private constructor(
    readonly scratch: string,
    private readonly options: Options & { cwd: string },
  ) {}

  /**
   * @param workspace where commands run
   * @param signal ends what runs; its reason is what the command then rejects with
   */
  static async open(workspace: string, signal: AbortSignal): Promise<LocalWorkplace> {
    const scratch = await mkdtemp(join(tmpdir(), "laconic-build-"));
    return new LocalWorkplace(scratch, { cwd: workspace, cancelSignal: signal, forceKillAfterDelay: 1000 });
  }

  async lacks(): Promise<undefined> {}

  async path(file: string): Promise<string> {
    return file;
  }

  async run({ file, args }: Command, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const { cancelSignal } = this.options;
    cancelSignal?.throwIfAborted();
    const ended = await execa(file, args, { ...this.options, env: { ...env }, reject: false });
    cancelSignal?.throwIfAborted();
    if (ended.code === "ENOENT" || ended.code === "EACCES")
      throw cannotStart(file, ended.shortMessage ?? ended.code);
    return {
      exitCode: ended.exitCode,
      signal: ended.signal,
      stdout: String(ended.stdout),
      stderr: String(ended.stderr),
      // The kernel's own choice of victim: nobody else sends this signal to a build.
      ranOutOfMemory: async () => ended.signal === "SIGKILL",
    };
  }

  asTyped(command: Command): Command {
    return command;
  }

  async close(): Promise<void> {
    await rm(this.scratch, { recursive: true, force: true });
  }
}

function cannotStart(file: string, why: string): BuilderError {
  return new BuilderError("LAC5008", `${file} cannot be run: ${why}`, {
    hint: "Install it, or build with another linker (--linker zig) or in a container (--builder docker).",
  });
}
