import type { LibraryReport, Target } from "./builder.js";
import { BuilderError } from "./errors.js";

/** One reason why a library must not be shipped, naming the symbol or section. */
export type Violation = string;

/**
 * What is wrong with a library for its target; empty when nothing is.
 *
 * @param exports the symbols that it must export, and no others
 */
export function findViolations(
  library: LibraryReport,
  target: Target,
  exports: readonly string[],
): readonly Violation[] {
  const machine = target.triple.split("-", 1)[0];
  const missing = exports.filter((name) => !library.exports.includes(name));
  const surplus = library.exports.filter((name) => !exports.includes(name) && !isProgramsOwn(name, exports));
  return [
    ...(library.machine === machine ? [] : [`it is built for ${library.machine}, not for ${machine}`]),
    ...missing.map((name) => `it does not export ${name}`),
    ...surplus.map((name) => `it exports ${name}, which is not part of the ABI`),
    ...tooNew(library, target),
    ...(library.execStack ? ["its stack is executable (PT_GNU_STACK)"] : []),
    ...(library.relro ? [] : ["its relocations stay writable (no PT_GNU_RELRO)"]),
    ...(library.bindNow ? [] : ["its symbols are bound lazily (no DF_BIND_NOW)"]),
    ...library.writableCode.map((section) => `its code in ${section} is writable`),
    ...library.paths.map(({ section, text }) => `it names a folder of the build in ${section}: ${text}`),
  ];
}

/**
 * In a program the linker exports this function of the engine's because the C library has it too; so the C library's own calls
 * reach the engine's, through which all randomness has to come.
 */
const INTERPOSED = "getrandom";

/** A program is what exports nothing for others. */
function isProgramsOwn(name: string, exports: readonly string[]): boolean {
  return exports.length === 0 && name === INTERPOSED;
}

function tooNew({ imports }: LibraryReport, target: Target): string[] {
  const newer = imports.filter(({ glibc }) => isNewer(glibc, target.glibc));
  if (newer.length === 0) return [];
  const symbols = newer.map(({ name, glibc }) => `${name} of GLIBC_${glibc}`);
  return [`it needs ${symbols.join(", ")}, and the target has ${target.glibc}`];
}

/** Throws LAC5006 unless the library fits its target. */
export function assertFits(library: LibraryReport, target: Target, exports: readonly string[]): void {
  const violations = findViolations(library, target, exports);
  if (violations.length === 0) return;
  throw new BuilderError("LAC5006", `The library does not fit ${target.triple}: ${violations.join("; ")}.`, {
    hint: "Link with zig (--linker zig), which knows the target's glibc and hardens by itself, against an engine built anew.",
  });
}

function isNewer(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split(".").map(Number);
  return major === thanMajor ? minor > thanMinor : major > thanMajor;
}
