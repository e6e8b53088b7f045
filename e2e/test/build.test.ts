import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, readdir, readFile, rm, utimes } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { apps, build, laconic, scratchApp } from "./laconic.js";

const removals: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const remove of removals.splice(0)) await remove();
});

async function app(files: Readonly<Record<string, string>>) {
  const made = await scratchApp(files);
  removals.push(made.remove);
  return made;
}

const ENTRY = `import { lambda, main } from "@laconic/runtime/library";
main("Small", "one function", [lambda("one", () => 1)]);
`;

describe("laconic build", () => {
  it("leaves every artifact", async () => {
    const { folder } = await build(join(apps, "hello", "app.ts"));
    const artifacts = [
      "app.library.ts",
      "app.mjs",
      "app.mjs.map",
      "app.qbc",
      "app.lambda.so",
      "index.py",
      "app.zip",
      "manifest.json",
    ];
    expect(await readdir(folder)).toEqual(expect.arrayContaining(artifacts));
  });

  it("gives the same zip twice, from another folder and another time zone", async () => {
    const first = await app({ "app.ts": ENTRY });
    const second = await app({ "app.ts": ENTRY });
    await utimes(second.file("app.ts"), new Date(0), new Date(0));
    const { package: zip, folder } = await build(first.file("app.ts"));
    process.env["TZ"] = "Pacific/Auckland";
    const other = await build(second.file("app.ts")).finally(() => delete process.env["TZ"]);
    expect(other.artifacts[zip]?.sha256).toBe(
      JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")).artifacts[zip].sha256,
    );
    expect(await readFile(join(other.folder, zip))).toEqual(await readFile(join(folder, zip)));
  });

  it("tells each step on stderr and nothing but the result on stdout", async () => {
    const { file } = await app({ "app.ts": ENTRY });
    const { stdout, stderr, exitCode } = await laconic(["build", file("app.ts")]);
    expect({ stdout, exitCode }).toEqual({ stdout: "", exitCode: 0 });
    for (const step of ["rewrite", "bundle", "compile", "describe", "link", "check", "shim", "package"]) {
      expect(stderr).toMatch(new RegExp(`✓ ${step} +[\\d.]+ m?s`));
    }
  });

  it("builds an app whose own text names its project's folder, and warns of it", async () => {
    const { file } = await app({ "app.ts": ENTRY, "made.ts": "" });
    const { writeFile } = await import("node:fs/promises");
    await writeFile(file("made.ts"), `export const folder = ${JSON.stringify(file("generated"))};\n`);
    await writeFile(
      file("app.ts"),
      `import { folder } from "./made.js";\n${ENTRY.replace("() => 1", "() => folder")}`,
    );
    const { stderr, exitCode } = await laconic(["build", file("app.ts")]);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(/made\.ts names the folder .+ of this machine/);
  });

  it("never touches the user's file, and keeps the last good build when the next one fails", async () => {
    const { file, folder } = await app({
      "app.ts": ENTRY,
      "more.ts": 'import wasi from "node:wasi";\nexport default wasi;\nwasi.run();\n',
    });
    const good = await build(file("app.ts"));
    const zip = await readFile(join(good.folder, good.package));
    const { writeFile } = await import("node:fs/promises");
    const broken = `import "./more.js";\n${ENTRY}`;
    await writeFile(file("app.ts"), broken);
    const failed = await laconic(["build", file("app.ts")]);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain("LAC2001");
    expect(await readFile(file("app.ts"), "utf8")).toBe(broken);
    expect(await readFile(join(good.folder, good.package))).toEqual(zip);
    expect(await readdir(join(folder, ".laconic", "failed"))).toContain("app.library.ts");
  });

  it("leaves the source alone and nothing half-made when it is killed, and the next build cleans up", async () => {
    const { file, folder } = await app({ "app.ts": ENTRY });
    const bin = fileURLToPath(new URL("../../node_modules/.bin/laconic", import.meta.url));
    const child = spawn(bin, ["build", file("app.ts")], { stdio: ["ignore", "ignore", "pipe"] });
    // Killed as soon as it has made something: after the bundle, before the library.
    for await (const chunk of child.stderr) if (String(chunk).includes("bundle")) break;
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(await readFile(file("app.ts"), "utf8")).toBe(ENTRY);
    await expect(access(join(folder, ".laconic", "manifest.json"))).rejects.toThrow("ENOENT");
    await build(file("app.ts"));
    const left = await readdir(join(folder, ".laconic"));
    expect(left.filter((name) => name.startsWith(".building"))).toEqual([]);
  });

  it("builds two apps of one folder at the same time", async () => {
    const { file } = await app({ "a.ts": ENTRY, "b.ts": ENTRY.replace("Small", "Other") });
    const [a, b] = await Promise.all([build(file("a.ts")), build(file("b.ts"), "--out-dir", file("out"))]);
    expect([a.package, b.package]).toEqual(["a.zip", "b.zip"]);
    expect([a.service.name, b.service.name]).toEqual(["Small", "Other"]);
    await rm(file("out"), { recursive: true });
  });
});
