import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { Spec, Validation } from "@cyclonedx/cyclonedx-library";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Outside, packAll } from "./packed.js";

const run = promisify(execFile);

/** A panic names the file that it is of; the build writes crates' folders as /cargo/<registry>/<name>-<version>/. */
const CRATE_IN_ARCHIVE = /\/cargo\/[^/\s]+\/([\w-]+?)-(\d+\.\d+\.\d+[\w.+-]*)\//g;

/** What a package holds, by a part of its name, that no crate or file name gives away. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  "laconic-engine-linux": [
    "QuickJS-ng",
    "Brotli",
    "Zstandard",
    "compiler-rt",
    "Rust's standard library: std",
  ],
  "laconic-rewriter": ["typescript", "@ts-morph/common"],
  "laconic-node-compat": ["Node.js", "ICU and CLDR data"],
};

interface Bom {
  readonly components?: readonly {
    readonly name: string;
    readonly version?: string;
    readonly scope?: string;
  }[];
}

describe("a packed package says what is in it:", () => {
  let folder: Outside;
  let tarballs: string[];

  beforeAll(async () => {
    folder = await Outside.open();
    tarballs = await packAll(folder.path("packed"));
  });
  afterAll(() => folder?.remove());

  const notices = (tarball: string): Promise<string> =>
    folder.succeed(`tar -xzOf ${tarball} package/THIRD-PARTY-NOTICES.txt`);
  const billOf = (tarball: string): Promise<string> => readFile(tarball.replace(/tgz$/, "cdx.json"), "utf8");

  it("each crate that left its name in the engine's archive is in its notices", async () => {
    const engine = tarballs.find((tarball) => tarball.includes("engine-linux"))!;
    await folder.succeed(`tar -xzf ${engine}`);
    const { stdout } = await run("strings", ["-n", "8", folder.path("package/liblaconic_engine.a")], {
      maxBuffer: 1 << 28,
    });
    const found = new Set(
      [...stdout.matchAll(CRATE_IN_ARCHIVE)].map(([, name, version]) => `${name} ${version}`),
    );
    expect(found.size).toBeGreaterThan(20);
    const lines = new Set((await notices(engine)).split("\n"));
    expect([...found].filter((crate) => !lines.has(crate))).toEqual([]);
  });

  it.each(Object.entries(KNOWN))(
    "%s holds what its notices name, with a text of each licence",
    async (name, parts) => {
      const text = await notices(tarballs.find((tarball) => tarball.includes(name))!);
      for (const part of parts) expect(text).toMatch(new RegExp(`^${part} \\S`, "m"));
      const numbers = [...text.matchAll(/^ {2}Texts: {3}(.*)$/gm)].flatMap(([, list]) => list!.split(", "));
      expect(numbers.length).toBeGreaterThanOrEqual(parts.length);
      for (const number of numbers) expect(text).toMatch(new RegExp(`^Text ${number}: `, "m"));
    },
  );

  it("its bill of materials is CycloneDX's and lists what the notices list", async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Spec1dot6.version);
    for (const tarball of tarballs) {
      const bill = await billOf(tarball);
      expect(await validator.validate(bill), tarball).toBeNull();
      const { components = [] } = JSON.parse(bill) as Bom;
      const inside = components
        .filter(({ scope }) => !scope)
        .map(({ name, version }) => `${name} ${version}`);
      const listed = [...(await notices(tarball)).matchAll(/^(\S.*)\n {2}License: /gm)].map(
        ([, title]) => title,
      );
      expect(inside.sort(), tarball).toEqual(listed.sort());
    }
  });
});
