import { readEngine, type Engine } from "./engine.js";
import { BuilderError } from "./errors.js";

/** What both kinds of toolchain are told. */
export interface ToolchainOptions {
  /** Folder of the engine's files for the library's platform. */
  readonly engine: string;
  /** Folder of those whose tool runs where the build does; default `engine`. */
  readonly toolEngine?: string;
  /** Folder that outlives builds, for the linker. */
  readonly cache: string;
  /** The project: where commands run; default the current folder. */
  readonly workspace?: string;
  /** What links: zig for any target and an old glibc, cc for the system that it belongs to; default zig. */
  readonly linker?: "zig" | "cc";
  /** The oldest glibc that the library must load on; default 2.34, which Amazon Linux 2023 has. */
  readonly glibc?: string;
  /** Milliseconds for the whole build; default 10 minutes. */
  readonly timeoutMs?: number;
  /** Ends the build; its reason is what every step then rejects with. */
  readonly signal?: AbortSignal;
  /** Told in one line of what is going on: something slow that begins, what a tool prints, exact arguments. */
  readonly onProgress?: (line: string) => void;
}

/**
 * The tool that compiles for an engine.
 *
 * @throws {BuilderError} LAC5001 when it is of another engine, whose bytecode would be refused at load
 */
export async function readTool(
  engine: Engine,
  { toolEngine }: Pick<ToolchainOptions, "toolEngine">,
): Promise<string> {
  if (toolEngine === undefined) return engine.tool;
  const { tool, stamp, target } = await readEngine(toolEngine);
  if (stamp === engine.stamp) return tool;
  throw new BuilderError(
    "LAC5001",
    `The engines do not match: ${target} has ${stamp}, ${engine.target} has ${engine.stamp}.`,
    { hint: "Install or build both in the same version." },
  );
}
