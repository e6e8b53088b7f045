import type { Target } from "./builder.js";

/** What is linked, by the names that the workplace gives the files. */
export interface LinkInputs {
  /** Sources beside the engine: assembly that embeds the app. */
  readonly sources: readonly string[];
  readonly archive: string;
  readonly versionScript: string;
  /** Arguments that the engine asks for. */
  readonly linkArgs: readonly string[];
  readonly output: string;
  readonly kind: LinkKind;
}

/** A library that a host loads, or the program `bootstrap`, which serves Lambda's Runtime API itself. */
export type LinkKind = "library" | "program";

/** A C compiler that links. */
export interface Linker {
  readonly name: "zig" | "cc";
  /** Absolute path on this machine, or a name to be found in the workplace's PATH. */
  readonly program: string;
  args(inputs: LinkInputs, target: Target): string[];
}

/** The glibc that zig is given: older than that of every runtime which Lambda still offers. */
const LINKED_GLIBC = "2.26";

/** Links for any target from any machine, against the glibc that it is told. */
export function zigLinker(program: string): Linker {
  return {
    name: "zig",
    program,
    args: (inputs, { triple }) => [
      "cc",
      "-target",
      `${zigTarget(triple)}.${LINKED_GLIBC}`,
      // Zig would compile its sanitizer's library before the first link.
      "-fno-sanitize=undefined",
      ...linkArguments(inputs),
    ],
  };
}

/** Links for the machine that it runs on, against the glibc that is there: gcc, clang or what CC names. */
export function ccLinker(program = "cc"): Linker {
  return {
    name: "cc",
    program,
    args: (inputs) => linkArguments({ ...inputs, linkArgs: inputs.linkArgs.flatMap(gccArgument) }),
  };
}

function linkArguments({ sources, archive, versionScript, linkArgs, output, kind }: LinkInputs): string[] {
  const files = ["-o", output, ...sources, archive];
  // A program exports nothing, and its own code lies where the linker puts it: nothing is left to relocate at start.
  if (kind === "program") return ["-no-pie", ...files, ...linkArgs];
  return ["-shared", ...files, `-Wl,--version-script=${versionScript}`, ...linkArgs];
}

/** Zig's unwinder is part of gcc's own library, which a machine that runs only Python may lack: it is linked in. */
function gccArgument(argument: string): string[] {
  return argument === "-lunwind" ? ["-static-libgcc", "-lgcc_eh"] : [argument];
}

/** Zig names no vendor: `x86_64-linux-gnu` for Rust's `x86_64-unknown-linux-gnu`. */
function zigTarget(triple: string): string {
  const [machine, , system, abi] = triple.split("-");
  return [machine, system, abi].join("-");
}
