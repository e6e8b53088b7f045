import { cacheFolder } from "@laconic/bench";
import {
  connect,
  dockerToolchain,
  localToolchain,
  type ContainerEngine,
  type LibraryBuilder,
} from "@laconic/docker-builder";
import { provideEngine } from "./engine-folder.js";
import { LaconicError } from "./errors.js";
import { isCodedError } from "./reporter.js";

/** Platforms that a library can be built for, as container engines call them. */
export const PLATFORMS = ["linux/amd64", "linux/arm64"] as const;

/** No client, engine, image or container to build in. */
const NO_CONTAINER = /^LAC50(1[0-3]|21)$/;

export const BUILDERS = ["docker", "local", "auto"] as const;

/** What the user may say about how the library is built. */
export interface BuilderChoice {
  /** Default: `local` on Linux, where the engine's tool runs, elsewhere `auto`; LACONIC_BUILDER changes it. */
  readonly builder?: (typeof BUILDERS)[number];
  /** Default: this machine's. */
  readonly platform?: (typeof PLATFORMS)[number];
  readonly linker?: "zig" | "cc";
  readonly image?: string;
  readonly network?: boolean;
  readonly memoryBytes?: number;
  readonly cpus?: number;
  readonly timeoutMs?: number;
  /** Features of the engine to link besides those that the bundle can reach; `all` is every one. */
  readonly engineFeatures?: readonly string[];
}

/** Where a build happens. */
export interface BuildPlace {
  /** Absolute path of the project. */
  readonly workspace: string;
  /** Absolute path of the folder that the artifacts are made in. */
  readonly artifacts: string;
  readonly signal: AbortSignal;
  readonly onProgress: (line: string) => void;
}

/** This machine's platform, as container engines would call it. */
export function hostPlatform(): string {
  return `linux/${process.arch === "arm64" ? "arm64" : "amd64"}`;
}

/** The library builder that the user asked for, or the better one that works here. */
export async function openToolchain(choice: BuilderChoice, place: BuildPlace): Promise<LibraryBuilder> {
  const builder = choice.builder ?? fromEnvironment() ?? (process.platform === "linux" ? "local" : "auto");
  if (builder === "local") {
    refuseContainerOptions(choice);
    return openLocal(choice, place);
  }
  if (builder === "docker") return openDocker(choice, place);
  try {
    const engine = await connect();
    const opened = await openDocker(choice, place, engine);
    place.onProgress(`Building in a container, because ${engine.name} answers (${engine.endpoint.source})`);
    return opened;
  } catch (error) {
    // Only that there is no container to build in makes the local toolchain the better choice, where its tool runs.
    if (process.platform !== "linux" || !isCodedError(error) || !NO_CONTAINER.test(error.code)) throw error;
    place.onProgress(`Building on this machine, because of the container engine: ${error.message}`);
    return openLocal(choice, place);
  }
}

/** What only a container can keep to: asked of this machine, it would be passed over in silence. */
function refuseContainerOptions({ image, network, memoryBytes, cpus }: BuilderChoice): void {
  const flags = [
    ...(image === undefined ? [] : ["--image"]),
    ...(network === false ? ["--no-network"] : []),
    ...(memoryBytes === undefined ? [] : ["--memory"]),
    ...(cpus === undefined ? [] : ["--cpus"]),
  ];
  if (flags.length === 0) return;
  throw new LaconicError("LAC8004", `${flags.join(" and ")} can be kept to only in a container.`, {
    hint: "Add --builder docker, or leave it out.",
  });
}

async function openLocal(choice: BuilderChoice, place: BuildPlace): Promise<LibraryBuilder> {
  return localToolchain({
    ...(await shared(choice, place)),
    toolEngine: await engineFor(hostPlatform(), place),
  });
}

async function openDocker(
  choice: BuilderChoice,
  place: BuildPlace,
  containerEngine?: ContainerEngine,
): Promise<LibraryBuilder> {
  const { image, network, memoryBytes, cpus } = choice;
  return dockerToolchain({
    ...(await shared(choice, place)),
    ...given({ image, network, memoryBytes, cpus, containerEngine }),
    artifacts: place.artifacts,
    toolEngine: (platform) => engineFor(platform, place),
  });
}

async function shared({ platform, linker, timeoutMs }: BuilderChoice, place: BuildPlace) {
  const { workspace, signal, onProgress } = place;
  const engine = await engineFor(platform ?? hostPlatform(), place);
  return { engine, cache: cacheFolder(), workspace, signal, onProgress, ...given({ linker, timeoutMs }) };
}

function engineFor(platform: string, { workspace, onProgress }: BuildPlace): Promise<string> {
  return provideEngine({ platform, workspace, cache: cacheFolder(), onProgress });
}

/** Without the properties that are undefined. */
function given<T extends object>(options: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function fromEnvironment(): BuilderChoice["builder"] {
  const asked = process.env["LACONIC_BUILDER"];
  if (!asked) return undefined;
  const known = BUILDERS.find((builder) => builder === asked);
  if (known) return known;
  throw new LaconicError("LAC8004", `LACONIC_BUILDER is "${asked}".`, {
    hint: `Use ${BUILDERS.join(", ")}.`,
  });
}
