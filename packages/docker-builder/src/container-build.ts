import { stat } from "node:fs/promises";
import { join } from "node:path";
import { withDeadline } from "./deadline.js";
import { BuildContainer, type ExecResult } from "./docker/build-container.js";
import { connect, type Engine } from "./docker/connect.js";
import { dockerRunArguments, type ContainerSettings, type Limits } from "./docker/container-settings.js";
import { provideImage } from "./docker/image.js";
import { linksOut } from "./docker/links-out.js";
import { isInside, type Mount } from "./docker/mounts.js";
import { callingUser } from "./docker/user.js";
import { BuilderError, type BuilderErrorDetails } from "./errors.js";
import { failedForFullDisk } from "./full-disk.js";
import { handedOn, masking } from "./secrets.js";

/** One build of anything by one command in a container. */
export interface ContainerBuild extends Limits {
  /** Folder that the container sees as /workspace, writable; absolute path. */
  readonly workspace: string;
  /** Program and arguments, run in /workspace. */
  readonly command: readonly [string, ...string[]];
  readonly image: string;
  /** Files that the command makes, relative to the workspace; a build that lacks one has failed. */
  readonly outputs?: readonly string[];
  /** For example `linux/arm64`; default the container engine's own. */
  readonly platform?: string;
  /** Other folders that the container sees. */
  readonly mounts?: readonly Mount[];
  /** Variables for the command, beside this process's LACONIC_* ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the container has a network; default true. */
  readonly network?: boolean;
  /** Milliseconds; default 10 minutes. */
  readonly timeoutMs?: number;
  /** Ends the build; its reason is what the build then rejects with. */
  readonly signal?: AbortSignal;
  /** Told of the image's pull, the exact arguments and everything that the command prints, secrets masked. */
  readonly onProgress?: (line: string) => void;
  /** Default: the engine that is found. */
  readonly containerEngine?: Engine;
}

/**
 * Builds a library, or anything else, with an image's own tools. The command runs as the calling user; its container
 * is gone when the promise settles, however that comes about.
 *
 * @returns what the command printed
 * @throws {BuilderError} LAC5010 to LAC5019 by what went wrong; LAC5020 for an output outside of the workspace
 */
export async function buildInContainer(build: ContainerBuild): Promise<{ stdout: string; stderr: string }> {
  const { onProgress = () => {}, outputs = [] } = build;
  outputs.forEach((output) => assertInWorkspace(output, build.workspace));
  const signal = withDeadline(build.signal, build.timeoutMs);
  const engine = build.containerEngine ?? (await connect());
  const env = { HOME: "/tmp", ...handedOn(process.env), ...build.env };
  const mask = masking(env);
  const log = (line: string) => onProgress(mask(line));
  const platforms = [build.platform ?? engine.platform] as const;
  const platform = await provideImage(engine.docker, {
    image: build.image,
    platforms,
    signal,
    onProgress: log,
  });
  const settings = settingsFor(build, { platform, env, user: callingUser(engine) });
  log(`Args=${JSON.stringify(dockerRunArguments(settings, build.command))}`);
  const container = await BuildContainer.start(engine.docker, settings, signal);
  try {
    const result = await container.exec(build.command, { onStdout: log, onStderr: log });
    if (result.exitCode !== 0) throw await explain(result, container, build, mask);
    await assertMade(outputs, build.workspace);
    return { stdout: result.stdout, stderr: result.stderr };
  } finally {
    await container.close();
  }
}

function settingsFor(
  { workspace, image, mounts = [], network = true, memoryBytes, cpus }: ContainerBuild,
  rest: Pick<ContainerSettings, "platform" | "env" | "user">,
): ContainerSettings {
  return {
    ...rest,
    ...{ image, network, workdir: "/workspace" },
    mounts: [{ host: workspace, container: "/workspace", readOnly: false }, ...mounts],
    ...(memoryBytes !== undefined && { memoryBytes }),
    ...(cpus !== undefined && { cpus }),
  };
}

async function explain(
  { exitCode, stdout, stderr }: ExecResult,
  container: BuildContainer,
  { command, workspace }: ContainerBuild,
  mask: (text: string) => string,
): Promise<BuilderError> {
  const output = mask(`${stdout}\n${stderr}`.trim());
  const frame = output.split("\n").slice(-SHOWN_LINES).join("\n");
  const failed = (code: "LAC5017" | "LAC5018" | "LAC5019", why: string, details: BuilderErrorDetails) =>
    new BuilderError(code, `${command[0]} failed in the container: ${why}.`, { frame, ...details });
  if (await failedForFullDisk(output, workspace)) {
    return failed("LAC5018", "the disk is full", {
      hint: `Free some space where ${workspace} lies (\`df -h\`).`,
    });
  }
  if (exitCode === KILLED || (await container.ranOutOfMemory())) {
    return failed("LAC5017", "memory ran out", { hint: "Allow more with `memoryBytes`." });
  }
  const links = await linksOut(workspace);
  if (links.length === 0) return failed("LAC5019", `it ended with ${exitCode}`, {});
  return failed("LAC5019", `it ended with ${exitCode}`, {
    hint: `These links lead out of the workspace, to what the container does not see: ${links.join(", ")}.`,
  });
}

const SHOWN_LINES = 40;
/** 128 and SIGKILL. */
const KILLED = 137;

function assertInWorkspace(output: string, workspace: string): void {
  if (isInside(join(workspace, output), workspace)) return;
  throw new BuilderError("LAC5020", `The output ${output} lies outside of the workspace ${workspace}.`, {
    hint: "Name it relative to the workspace, or choose a workspace that holds it.",
  });
}

async function assertMade(outputs: readonly string[], workspace: string): Promise<void> {
  for (const output of outputs) {
    const made = await stat(join(workspace, output)).catch(() => undefined);
    if (made) continue;
    throw new BuilderError("LAC5019", `The command ended well, but did not make ${output}.`, {
      hint: "It must write to /workspace, which is the workspace; what it writes elsewhere goes with the container.",
    });
  }
}
