import { BuilderError } from "../errors.js";
import type { ContainerSettings } from "./container-settings.js";

interface Explanation {
  readonly when: RegExp;
  readonly message: (settings: ContainerSettings, why: string) => string;
  readonly hint: string;
}

/** What engines say when a container cannot start, and what it means for a build. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    when: /exec format error/i,
    message: ({ platform, image }) => `This machine cannot run ${image}: its programs are for ${platform}.`,
    hint: "Install qemu's user emulation (Debian: qemu-user-static with binfmt-support), or link with zig in an image of this machine's own platform.",
  },
  {
    when: /executable file not found|no such file or directory: unknown|exec: "cat"/i,
    message: ({ image }) => `The image ${image} has no "cat", with which a build keeps its container alive.`,
    hint: "Name an image that has the basic tools of a system with --image, for example amazonlinux:2023.",
  },
  {
    when: /bind source path does not exist|bind mount source|not shared from the host|statfs .*no such file/i,
    message: (_, why) => `The container engine does not see this machine's folders: ${why}`,
    hint: "An engine on another machine cannot build here; Docker Desktop and Colima share only the folders in their settings.",
  },
  {
    when: /no space left on device/i,
    message: (_, why) => `The container engine's disk is full: ${why}`,
    hint: "Free some space there, for example with `docker system prune`.",
  },
  {
    when: /memory limit|minimum memory|cpus? (available|limit)|NanoCPUs|range of cpus/i,
    message: (_, why) => `The container engine refuses the limits: ${why}`,
    hint: "Choose other values for --memory and --cpus.",
  },
];

/** What an engine's refusal means; an error that says so itself already is passed on. */
export function explainStart(error: unknown, settings: ContainerSettings): unknown {
  if (error instanceof BuilderError || isAbort(error)) return error;
  const why = (error as Error).message.trim();
  const known = EXPLANATIONS.find(({ when }) => when.test(why));
  return new BuilderError(
    "LAC5013",
    known?.message(settings, why) ?? `The container cannot be started: ${why}`,
    {
      hint: known?.hint ?? "Look at the engine with `docker info`, or build with --builder local.",
      cause: error,
    },
  );
}

function isAbort(error: unknown): boolean {
  return !(error as { statusCode?: number }).statusCode && (error as Error).name === "AbortError";
}
