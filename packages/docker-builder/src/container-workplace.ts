import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "./builder.js";
import { BuildContainer } from "./docker/build-container.js";
import type { Engine } from "./docker/connect.js";
import { dockerRunArguments, type ContainerSettings } from "./docker/container-settings.js";
import { linksOut } from "./docker/links-out.js";
import { pathInContainer } from "./docker/mounts.js";
import { masking } from "./secrets.js";
import type { Outcome, Workplace } from "./workplace.js";

/** Where a container sees the workplace's scratch folder. */
const SCRATCH = "/laconic/scratch";

/** Runs commands in one container, which starts at once and is waited for by the first command. */
export class ContainerWorkplace implements Workplace {
  readonly name = "in the container";

  private constructor(
    readonly scratch: string,
    private readonly settings: ContainerSettings,
    private readonly container: Promise<BuildContainer>,
    private readonly log: (line: string) => void,
  ) {}

  /**
   * @param signal ends the build; its reason is what every command then rejects with
   * @param onProgress told of exact arguments and of what commands print, without secrets
   */
  static async open(
    { docker }: Engine,
    asked: ContainerSettings,
    signal: AbortSignal,
    onProgress: (line: string) => void,
  ): Promise<ContainerWorkplace> {
    const scratch = await mkdtemp(join(tmpdir(), "laconic-build-"));
    const mounts = [...asked.mounts, { host: scratch, container: SCRATCH, readOnly: false }];
    const settings = { ...asked, mounts };
    const container = BuildContainer.start(docker, settings, signal);
    // Whoever runs the first command is told; nobody may be waiting yet.
    container.catch(() => {});
    const mask = masking(asked.env);
    onProgress(mask(`Args=${JSON.stringify(dockerRunArguments(settings, ["cat"]))}`));
    return new ContainerWorkplace(scratch, settings, container, (line) => onProgress(mask(line)));
  }

  async lacks(): Promise<string> {
    const { host } = this.settings.mounts[0]!;
    const links = await linksOut(host);
    const led = links.length > 0 ? ` These links lead out of the workspace: ${links.join(", ")}.` : "";
    return `In the container there are the workspace, the image's own files and the LACONIC_* variables, and nothing else of this machine.${led}`;
  }

  async path(file: string): Promise<string> {
    return pathInContainer(file, this.settings.mounts);
  }

  async run(command: Command, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const container = await this.container;
    this.log(`Args=${JSON.stringify(["exec", container.name, command.file, ...command.args])}`);
    const mask = masking({ ...this.settings.env, ...env });
    const ended = await container.exec([command.file, ...command.args], {
      env,
      // Standard output is the command's result, not its log.
      onStderr: (line) => this.log(`│ ${mask(line)}`),
    });
    const { exitCode } = ended;
    return {
      exitCode,
      stdout: ended.stdout,
      stderr: exitCode === 0 ? ended.stderr : mask(ended.stderr),
      ranOutOfMemory: async () => exitCode === KILLED || (await container.ranOutOfMemory()),
    };
  }

  asTyped(command: Command): Command {
    return { file: "docker", args: dockerRunArguments(this.settings, [command.file, ...command.args]) };
  }

  async close(): Promise<void> {
    // One that could not be started has removed itself.
    await this.container.then((container) => container.close()).catch(() => {});
    await rm(this.scratch, { recursive: true, force: true });
  }
}

/** 128 and SIGKILL: nobody else sends it to a command of the container. */
const KILLED = 137;
