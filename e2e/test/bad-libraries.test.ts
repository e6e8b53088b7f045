import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { cacheFolder } from "@laconic/bench";
import {
  findViolations,
  hostTriple,
  type LibraryBuilder,
  localToolchain,
  provideZig,
} from "@laconic/docker-builder";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const engine = join(
  dirname(createRequire(import.meta.url).resolve("@laconic/engine/package.json")),
  "dist",
  hostTriple(),
);

/** A library that has the whole ABI and nothing else, as far as its exports go. */
const ABI = ["Lambda", "laconic_abi_version", "laconic_init", "laconic_release"]
  .map((name) => `int ${name}(void) { return 0; }`)
  .join("\n");
const HARDENED = ["-Wl,-z,relro,-z,now", "-Wl,-z,noexecstack"];

interface BadLibrary {
  readonly what: string;
  readonly source?: string;
  readonly flags?: readonly string[];
  /** Target for zig, which stands in for cc; undefined for this machine's own compiler. */
  readonly target?: string;
  /** One pattern for each violation, in order. */
  readonly says: readonly RegExp[];
}

const libraries: readonly BadLibrary[] = [
  { what: "fits", says: [] },
  {
    what: "exports more than the ABI",
    source: "int JS_Eval(void) { return 0; }",
    says: [/it exports JS_Eval/],
  },
  {
    what: "lacks a part of the ABI",
    flags: ["-DLambda=Lamda"],
    says: [/not export Lambda/, /exports Lamda/],
  },
  { what: "has an executable stack", flags: ["-Wl,-z,execstack"], says: [/PT_GNU_STACK/] },
  { what: "has writable relocations", flags: ["-Wl,-z,norelro"], says: [/PT_GNU_RELRO/] },
  { what: "binds its symbols lazily", flags: ["-Wl,-z,lazy"], says: [/DF_BIND_NOW/] },
  {
    what: "has code that can be written over",
    source:
      '__attribute__((section(".hot,\\"awx\\",@progbits#"))) void hot(void) {}\nstatic void* keep = hot;',
    flags: ["-fvisibility=hidden"],
    says: [/its code in \.hot is writable/],
  },
  {
    what: "names the folder that it was built in",
    source:
      'const char* where(void) __attribute__((visibility("hidden")));\nconst char* where(void) { return FOLDER; }',
    says: [/names a folder of the build in \.rodata: .*laconic-bad-.*app\.c/],
  },
  {
    what: "needs a newer glibc",
    source: '#include <stdlib.h>\n__attribute__((visibility("hidden"))) int r(void) { return arc4random(); }',
    target: hostTriple().replace("-unknown", "") + ".2.38",
    says: [/arc4random of GLIBC_2\.36, and the target has 2\.34/],
  },
  {
    what: "is for another machine",
    target: process.arch === "arm64" ? "x86_64-linux-gnu.2.26" : "aarch64-linux-gnu.2.26",
    says: [/it is built for (aarch64|x86_64), not for/],
  },
];

describe("a library that must not be shipped", () => {
  let folder: string;
  let builder: LibraryBuilder;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "laconic-bad-"));
    builder = await localToolchain({ engine, cache: cacheFolder(), workspace: folder });
  });
  afterAll(async () => {
    await builder.close();
    await rm(folder, { recursive: true });
  });

  it.each(libraries)("$what: the check names the symbol, section or text", async (library) => {
    const { source = "", flags = [], target, says } = library;
    const file = join(folder, "bad.c");
    const visible = ABI.replaceAll("int ", '__attribute__((visibility("default"))) int ');
    await writeFile(file, `${visible}\n${source}\n`);
    const output = join(folder, "bad.so");
    const define = `-DFOLDER="${join(folder, "app.c")}"`;
    const args = ["-shared", "-fPIC", "-O1", "-s", define, ...HARDENED, ...flags, "-o", output, file];
    if (target) await run(await provideZig(cacheFolder(), () => {}), ["cc", "-target", target, ...args]);
    else await run("cc", args);
    const violations = findViolations(await builder.inspect(output), builder.target, builder.exports);
    expect(violations).toEqual(says.map((pattern) => expect.stringMatching(pattern)));
  });
});
