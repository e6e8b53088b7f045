import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { LibraryBuilder } from "./builder.js";
import { withDeadline } from "./deadline.js";
import { ContainerWorkplace } from "./container-workplace.js";
import { connect, type Engine as ContainerEngine } from "./docker/connect.js";
import type { Limits } from "./docker/container-settings.js";
import { provideImage } from "./docker/image.js";
import type { Mount } from "./docker/mounts.js";
import { callingUser } from "./docker/user.js";
import { readEngine, type Engine } from "./engine.js";
import { ccLinker, zigLinker, type Linker } from "./linker.js";
import { platformOf } from "./platform.js";
import { handedOn } from "./secrets.js";
import { Toolchain } from "./toolchain.js";
import { readTool, type ToolchainOptions } from "./toolchain-options.js";
import { provideZig } from "./zig.js";

export interface DockerToolchainOptions extends Omit<ToolchainOptions, "toolEngine">, Limits {
  /** Folder that the artifacts are made in, writable for the container; it exists. */
  readonly artifacts: string;
  /** Folder of the engine's files for the platform that the container runs, asked for once that is known. */
  readonly toolEngine: (platform: string) => string | Promise<string>;
  /** Default {@link DEFAULT_IMAGE}. */
  readonly image?: string;
  /** Whether the container has a network; default true. */
  readonly network?: boolean;
  /** The container engine; default the one that is found. */
  readonly containerEngine?: ContainerEngine;
}

/** Amazon Linux 2023 has the glibc of Lambda's own runtimes, 2.34; the linker and the engine are brought along. */
export const DEFAULT_IMAGE = "amazonlinux:2023";

/**
 * Builds in a container, with the project mounted read-only and the artifacts' folder writable.
 *
 * @throws {BuilderError} LAC5010 to LAC5013 when there is no engine, image or container to build in
 */
export async function dockerToolchain(options: DockerToolchainOptions): Promise<LibraryBuilder> {
  const { glibc = "2.34", image = DEFAULT_IMAGE, onProgress = () => {} } = options;
  const signal = withDeadline(options.signal, options.timeoutMs);
  const engine = await readEngine(options.engine);
  const containers = options.containerEngine ?? (await connect());
  const platforms = platformsFor(options.linker, containers.platform, platformOf(engine.target));
  const platform = await provideImage(containers.docker, { image, platforms, signal, onProgress });
  const toolFolder = await options.toolEngine(platform);
  const tool = await readTool(engine, { toolEngine: toolFolder });
  const linker =
    options.linker === "cc" ? ccLinker() : zigLinker(await provideZig(options.cache, onProgress, platform));
  const zigCache = join(options.cache, "zig-cache");
  await mkdir(zigCache, { recursive: true });
  const settings = {
    ...{ image, platform, workdir: WORKSPACE, network: options.network ?? true },
    mounts: mountsOf(options, { engine, toolFolder, linker, zigCache }),
    user: callingUser(containers),
    env: {
      ...handedOn(process.env),
      HOME: "/tmp",
      ZIG_GLOBAL_CACHE_DIR: ZIG_CACHE,
      ZIG_LOCAL_CACHE_DIR: ZIG_CACHE,
    },
    ...limitsOf(options),
  };
  const place = await ContainerWorkplace.open(containers, settings, signal, onProgress);
  const folders = [...settings.mounts.map(({ container }) => container), options.workspace ?? process.cwd()];
  return new Toolchain({ engine, tool, linker, target: { triple: engine.target, glibc }, folders }, place);
}

// Names that stand in no app's own text: the library is searched for them.
const WORKSPACE = "/laconic/workspace";
const ZIG_CACHE = "/laconic/zig-cache";

/** Zig links for every platform from the machine's own; cc only for the one that it runs on. */
function platformsFor(linker: "zig" | "cc" | undefined, own: string, target: string): [string, ...string[]] {
  return linker === "cc" ? [target] : [own, target];
}

interface Brought {
  readonly engine: Engine;
  readonly toolFolder: string;
  readonly linker: Linker;
  readonly zigCache: string;
}

function mountsOf(
  options: DockerToolchainOptions,
  { engine, toolFolder, linker, zigCache }: Brought,
): Mount[] {
  const readOnly = (host: string, container: string): Mount => ({ host, container, readOnly: true });
  const engineFolder = dirname(engine.archive);
  return [
    readOnly(options.workspace ?? process.cwd(), WORKSPACE),
    { host: options.artifacts, container: "/laconic/artifacts", readOnly: false },
    readOnly(engineFolder, "/laconic/engine"),
    ...(toolFolder === engineFolder ? [] : [readOnly(toolFolder, "/laconic/tool")]),
    ...(linker.name === "zig" ? [readOnly(dirname(linker.program), "/laconic/zig")] : []),
    { host: zigCache, container: ZIG_CACHE, readOnly: false },
  ];
}

function limitsOf({ memoryBytes, cpus }: Limits): Limits {
  return {
    ...(memoryBytes !== undefined && { memoryBytes }),
    ...(cpus !== undefined && { cpus }),
  };
}
