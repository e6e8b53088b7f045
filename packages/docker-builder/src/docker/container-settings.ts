import type { Mount } from "./mounts.js";

/** What a build may use of the machine. */
export interface Limits {
  /** Bytes of memory; default 4 GiB. A build that needs more is ended, not swapped. */
  readonly memoryBytes?: number;
  /** Cores, for example 1.5; default all. */
  readonly cpus?: number;
}

export const DEFAULT_MEMORY_BYTES = 4 * 1024 ** 3;

/** How a build's container is set up. */
export interface ContainerSettings extends Limits {
  readonly image: string;
  /** For example `linux/amd64`. */
  readonly platform: string;
  readonly mounts: readonly Mount[];
  /** Where commands run, in the container. */
  readonly workdir: string;
  /** Variables for every command. */
  readonly env: Readonly<Record<string, string>>;
  /** `uid:gid`; undefined leaves the image's user. */
  readonly user: string | undefined;
  readonly network: boolean;
}

/**
 * Arguments with which the docker command would do the same, to repeat a step by hand. Variables have their
 * names alone: docker takes the values from its own environment, and no value gets into a log.
 */
export function dockerRunArguments(settings: ContainerSettings, command: readonly string[]): string[] {
  const [program = "", ...args] = command;
  return [
    ...["run", "--rm", "--platform", settings.platform],
    ...(settings.user ? ["--user", settings.user] : []),
    ...settings.mounts.flatMap(({ host, container, readOnly }) => [
      "--mount",
      `type=bind,source=${host},target=${container}${readOnly ? ",readonly" : ""}`,
    ]),
    ...["--workdir", settings.workdir],
    ...Object.keys(settings.env).flatMap((name) => ["--env", name]),
    ...(settings.network ? [] : ["--network", "none"]),
    ...["--memory", String(settings.memoryBytes ?? DEFAULT_MEMORY_BYTES)],
    ...(settings.cpus ? ["--cpus", String(settings.cpus)] : []),
    ...["--entrypoint", program, settings.image, ...args],
  ];
}
