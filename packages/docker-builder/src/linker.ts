import { delimiter, join } from "node:path";
import { access, constants } from "node:fs/promises";
import { BuilderError } from "./errors.js";

/** A C compiler driver that links, and how it is told the target. */
export interface Linker {
  readonly kind: "zig" | "cc";
  /** Absolute path of the program. */
  readonly file: string;
  /** Arguments that come before all others. */
  readonly args: readonly string[];
}

export interface LinkerSearch {
  /** Rust's name of the platform to link for. */
  readonly triple: string;
  /** The glibc to link against with zig, for example `2.26`. */
  readonly glibc: string;
  /** Folders to look in before those of PATH. */
  readonly folders?: readonly string[];
}

/**
 * The linker of this machine: zig when it is there, because it targets an old glibc from any host, else cc.
 *
 * @throws {BuilderError} LAC5002 when neither is found
 */
export async function findLinker({ triple, glibc, folders = [] }: LinkerSearch): Promise<Linker> {
  const path = [...folders, ...(process.env["PATH"] ?? "").split(delimiter)].filter(Boolean);
  const zig = await findProgram(["zig", "python-zig"], path);
  if (zig) return { kind: "zig", file: zig, args: ["cc", "-target", `${zigTarget(triple)}.${glibc}`] };
  const cc = await findProgram(["cc", "gcc", "clang"], path);
  if (cc) return { kind: "cc", file: cc, args: [] };
  throw new BuilderError("LAC5002", "No linker was found: neither zig nor cc is on PATH.", {
    hint: "Install one: `pip install ziglang`, or `apt-get install gcc`.",
  });
}

/** Zig names no vendor: `x86_64-linux-gnu` for Rust's `x86_64-unknown-linux-gnu`. */
function zigTarget(triple: string): string {
  const [machine, , system, abi] = triple.split("-");
  return [machine, system, abi].join("-");
}

async function findProgram(
  names: readonly string[],
  folders: readonly string[],
): Promise<string | undefined> {
  for (const folder of folders) {
    for (const name of names) {
      const file = join(folder, name);
      if (await isExecutable(file)) return file;
    }
  }
  return undefined;
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
