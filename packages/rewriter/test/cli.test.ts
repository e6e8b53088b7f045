import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Workspace } from "./command.js";

const APP = `import { main as laconicMain } from "@laconic/runtime/library";

function main() {
  return laconicMain("Service", "described", []);
}
main();
`;
const LIBRARY = `import { main as laconicMain } from "@laconic/runtime/library";

function init() {
  return laconicMain("Service", "described", []);
}
init();

/** The library's one exported function: the engine calls it for every request. */
export { dispatch as Lambda } from "@laconic/runtime/library";
`;
const PLAIN = 'import { main } from "@laconic/runtime";\nmain("Service", "described", []);\n';

let work: Workspace;
beforeEach(() => {
  work = new Workspace({ "app.ts": APP });
});
afterEach(() => work.remove());

describe("preview", () => {
  it("shows a diff that git applies, and changes nothing", async () => {
    const { code, stdout, stderr } = await work.run(["app.ts"]);
    expect(code).toBe(0);
    expect(stderr).toBe("Would change 1 of 1 file (3 edits); --write applies it\n");
    expect(work.read("app.ts")).toBe(APP);
    execFileSync("git", ["apply", "-"], { cwd: work.folder, input: stdout });
    expect(work.read("app.ts")).toBe(LIBRARY);
  });

  it("is coloured when asked for, and not by NO_COLOR", async () => {
    const green = "\u001b[32m+function init() {";
    expect((await work.run(["app.ts"])).stdout).not.toContain("\u001b");
    expect((await work.run(["app.ts", "--color"], "", { NO_COLOR: "1" })).stdout).toContain(green);
    expect((await work.run(["app.ts"], "", { FORCE_COLOR: "1" })).stdout).toContain(green);
    expect((await work.run(["app.ts"], "", { FORCE_COLOR: "1", NO_COLOR: "1" })).stdout).not.toContain(
      "\u001b",
    );
  });

  it("says nothing with --quiet", async () => {
    expect(await work.run(["app.ts", "--quiet"])).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

describe("--check", () => {
  it("exits 1 when something would change and 0 when nothing would", async () => {
    expect((await work.run(["app.ts", "--check"])).code).toBe(1);
    work.write("app.ts", LIBRARY);
    const { code, stderr } = await work.run(["app.ts", "--check"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "Nothing to change in 1 file\n" });
  });
});

describe("--write and --revert", () => {
  it("writes, keeps the mode, leaves no temporary file, and takes it back", async () => {
    chmodSync(work.path("app.ts"), 0o750);
    expect((await work.run(["app.ts", "--write"])).code).toBe(0);
    expect(work.read("app.ts")).toBe(LIBRARY);
    expect(statSync(work.path("app.ts")).mode & 0o777).toBe(0o750);
    expect(readdirSync(work.folder).sort()).toEqual([".laconic", "app.ts"]);
    expect((await work.run(["app.ts", "--write"])).stderr).toBe("Nothing to change in 1 file\n");
    expect(await work.run(["--revert"])).toEqual({ code: 0, stdout: "", stderr: "Reverted app.ts\n" });
    expect(work.read("app.ts")).toBe(APP);
    const again = await work.run(["--revert"]);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain("LAC1020");
  });

  it("takes back one write after the other", async () => {
    work.write("app.ts", PLAIN);
    await work.run(["activate", "app.ts", "--write"]);
    const active = work.read("app.ts");
    await work.run(["app.ts", "--write"]);
    await work.run(["--revert"]);
    expect(work.read("app.ts")).toBe(active);
    await work.run(["--revert"]);
    expect(work.read("app.ts")).toBe(PLAIN);
  });

  it("keeps what was edited since, unless forced", async () => {
    await work.run(["app.ts", "--write"]);
    work.write("app.ts", `${LIBRARY}// mine\n`);
    const refused = await work.run(["--revert"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("LAC1021");
    expect(work.read("app.ts")).toContain("// mine");
    expect((await work.run(["--revert", "--force"])).code).toBe(0);
    expect(work.read("app.ts")).toBe(APP);
  });

  it("writes none of several files when one has an error", async () => {
    work.write("b.ts", 'import { main } from "@laconic/runtime/library";\nmain("B", "b", [);\n');
    const { code, stderr } = await work.run(["app.ts", "b.ts", "--write"]);
    expect(code).toBe(2);
    expect(stderr).toContain("b.ts:2:17 - error LAC1004");
    expect(stderr).toContain("1 error; nothing was written");
    expect(work.read("app.ts")).toBe(APP);
    expect(existsSync(work.path(".laconic"))).toBe(false);
  });

  it("refuses other bytes than those that the preview was made from", async () => {
    const preview = JSON.parse((await work.run(["app.ts", "--json"])).stdout) as {
      files: { sha256: string }[];
    };
    const { sha256 } = preview.files[0]!;
    work.write("app.ts", `// edited\n${APP}`);
    const refused = await work.run(["app.ts", "--write", "--expect", sha256]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("LAC1015");
    work.write("app.ts", APP);
    expect((await work.run(["app.ts", "--write", "--expect", sha256])).code).toBe(0);
  });
});

describe("git", () => {
  const git = (...args: string[]): void => {
    execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: work.folder });
  };

  it("refuses a file with uncommitted changes, unless forced", async () => {
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "start");
    work.write("app.ts", `// new\n${APP}`);
    const refused = await work.run(["app.ts", "--write"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("LAC1019");
    expect(work.read("app.ts")).toBe(`// new\n${APP}`);
    expect((await work.run(["app.ts", "--write", "--force"])).code).toBe(0);
    expect(work.read("app.ts")).toBe(`// new\n${LIBRARY}`);
  });

  it("writes a committed file although others are dirty", async () => {
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "start");
    work.write("other.ts", "export {};\n");
    expect((await work.run(["app.ts", "--write"])).code).toBe(0);
  });
});

describe("streams", () => {
  it("reads stdin and prints the result", async () => {
    expect(await work.run(["--stdin", "--stdout"], APP)).toEqual({ code: 0, stdout: LIBRARY, stderr: "" });
  });

  it("prints an unchanged source as it is, and nothing when there is an error", async () => {
    expect((await work.run(["--stdin", "--stdout"], LIBRARY)).stdout).toBe(LIBRARY);
    const broken = await work.run(["--stdin", "--stdout", "--stdin-filepath", "src/x.tsx"], `${APP}main(<a>`);
    expect({ code: broken.code, stdout: broken.stdout }).toEqual({ code: 2, stdout: "" });
    expect(broken.stderr).toContain("src/x.tsx:7:");
  });

  it("prints one file", async () => {
    expect((await work.run(["app.ts", "--stdout"])).stdout).toBe(LIBRARY);
  });
});

describe("--json", () => {
  it("gives edits, diagnostics, diff and map", async () => {
    const { stdout, code } = await work.run(["app.ts", "--json"]);
    const { files, ...rest } = JSON.parse(stdout) as { files: Record<string, unknown>[] };
    expect(code).toBe(0);
    const counts = { files: 1, changed: 1, written: 0, unchanged: 0, failed: [] };
    expect(rest).toEqual({ version: 1, transform: "library", diagnostics: [], counts });
    expect(files).toHaveLength(1);
    expect(files[0]).toMatchObject({ path: "app.ts", changed: true, written: false, diagnostics: [] });
    expect(files[0]!["map"]).toMatchObject({ version: 3, sources: ["app.ts"], sourcesContent: [APP] });
  });

  it("gives the diagnostics of a run that failed", async () => {
    const { stdout, stderr, code } = await work.run(["nowhere.ts", "--json"]);
    expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ files: [], diagnostics: [{ code: "LAC1016" }] });
  });
});

describe("which files", () => {
  beforeEach(() => {
    mkdirSync(work.path("src"));
    work.write("src/a.ts", PLAIN);
    work.write("src/b.ts", "export const b = 1;\n");
    work.write("src/c.d.ts", 'import "@laconic/runtime";\n');
    work.write("tsconfig.json", '{\n  // comments are fine\n  "include": ["src"],\n}\n');
  });

  it("takes patterns, and passes over what is not meant", async () => {
    const { stdout, stderr, code } = await work.run(["activate", "src/**/*.ts"]);
    expect(code).toBe(0);
    expect(stdout).toContain("+++ b/src/a.ts");
    expect(stderr).toBe("Would change 1 of 2 files (1 edit); --write applies it\n");
  });

  it("takes the files of a tsconfig", async () => {
    expect((await work.run(["activate", "--tsconfig", "tsconfig.json", "--check"])).code).toBe(1);
  });

  it("finds the call of main() that an entry module should hold", async () => {
    work.write("src/register.ts", APP);
    work.write("entry.ts", 'import "./src/register.js";\n');
    const { stderr, code } = await work.run(["entry.ts"]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      "src/register.ts:4:10 - error LAC1003: main() is called in src/register.ts, but the entry module is entry.ts",
    );
  });

  it("finds it through the path aliases of a tsconfig", async () => {
    work.write("tsconfig.json", '{ "compilerOptions": { "baseUrl": ".", "paths": { "~/*": ["src/*"] } } }');
    work.write("src/register.ts", APP);
    work.write("entry.ts", 'import "~/register";\n');
    expect((await work.run(["entry.ts"])).stderr).toContain("src/register.ts:4:10 - error LAC1003");
  });

  it("holds all files to --entry", async () => {
    work.write("src/register.ts", APP);
    const { stderr, code } = await work.run(["**/*.ts", "--entry", "app.ts"]);
    expect(code).toBe(2);
    expect(stderr).toContain("src/register.ts:4:10 - error LAC1003");
  });

  it("takes the service's name from package.json", async () => {
    work.write("package.json", '{ "name": "@me/orders" }');
    work.write("handler.js", "exports.handler = async (event) => event;\n");
    expect((await work.run(["adopt", "handler.js"])).stdout).toContain(
      '+main("orders", "", [lambda("handler", exports.handler)]);',
    );
    const named = await work.run(["adopt", "handler.js", "--service", "x", "--description", "y"]);
    expect(named.stdout).toContain('+main("x", "y", [');
  });
});

describe("bad input", () => {
  const cases: [name: string, code: string, args: string[], prepare?: () => void][] = [
    ["a missing file", "LAC1016", ["gone.ts"]],
    ["a folder without a source file", "LAC1023", ["bare"], () => mkdirSync(work.path("bare"))],
    ["an empty file", "LAC1011", ["empty.ts"], () => work.write("empty.ts", "")],
    [
      "a file that is not UTF-8",
      "LAC1010",
      ["latin.ts"],
      () => work.write("latin.ts", Buffer.from("// caf\xe9\n", "latin1")),
    ],
    ["a file of 5 MB", "LAC1012", ["big.ts"], () => work.write("big.ts", APP + "// x\n".repeat(1_000_000))],
    ["a symbolic link", "LAC1013", ["link.ts"], () => symlinkSync("app.ts", work.path("link.ts"))],
    ["a dangling link", "LAC1013", ["link.ts"], () => symlinkSync("gone.ts", work.path("link.ts"))],
    ["a read-only file", "LAC1014", ["app.ts", "--write"], () => chmodSync(work.path("app.ts"), 0o444)],
    ["another kind of file", "LAC1018", ["a.py"], () => work.write("a.py", "pass\n")],
    ["a file that does not parse", "LAC1004", ["bad.ts"], () => work.write("bad.ts", `${APP}function {`)],
    ["a pattern without a match", "LAC1023", ["nothing/**/*.ts"]],
    ["a bad tsconfig", "LAC1024", ["--tsconfig", "gone.json"]],
    ["an unknown option", "LAC1022", ["app.ts", "--wrte"]],
    ["an unknown transform", "LAC1022", ["app.ts", "--transform", "x"]],
    ["options that exclude each other", "LAC1022", ["app.ts", "--write", "--check"]],
    ["no file", "LAC1022", []],
    ["a limit that is no number", "LAC1022", ["app.ts", "--max-bytes", "many"]],
  ];

  it.each(cases)("%s is %s", async (_name, code, args, prepare) => {
    prepare?.();
    const before = readdirSync(work.folder).sort();
    const finished = await work.run(args);
    expect(finished.code).toBe(2);
    expect(finished.stderr).toContain(`error ${code}`);
    expect(finished.stderr).toMatch(/why: .+\n {2}fix: .+/);
    expect(finished.stdout).toBe("");
    expect(readdirSync(work.folder).sort()).toEqual(before);
    expect(work.read("app.ts")).toBe(APP);
  });

  it("leaves a link a link", async () => {
    symlinkSync("app.ts", work.path("link.ts"));
    await work.run(["link.ts", "--write"]);
    expect(readlinkSync(work.path("link.ts"))).toBe("app.ts");
  });

  it("suggests the option that was meant", async () => {
    expect((await work.run(["app.ts", "--wrte"])).stderr).toContain("Did you mean --write?");
  });
});

describe("many files", () => {
  beforeEach(() => {
    for (const folder of ["src/deep", "cdk.out", "generated", "legacy"])
      mkdirSync(work.path(folder), { recursive: true });
    for (const path of [
      "src/a.ts",
      "src/deep/b.mts",
      "cdk.out/c.ts",
      "generated/d.ts",
      "legacy/e.ts",
      "src/a.test.ts",
    ])
      work.write(path, PLAIN);
    work.write(".gitignore", "generated/\n");
  });
  const changedIn = (stdout: string): string[] =>
    [...stdout.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, path]) => path!);

  it("takes folders, without what git ignores and tools write", async () => {
    const { code, stdout } = await work.run(["activate", "."]);
    expect(code).toBe(0);
    expect(changedIn(stdout)).toEqual(["legacy/e.ts", "src/a.test.ts", "src/a.ts", "src/deep/b.mts"]);
    expect(changedIn((await work.run(["activate", "src/"])).stdout)).toEqual([
      "src/a.test.ts",
      "src/a.ts",
      "src/deep/b.mts",
    ]);
  });

  it("leaves out what --ignore matches, by name or by path", async () => {
    const { stdout } = await work.run(["activate", ".", "--ignore", "*.test.ts", "legacy", "src/deep/**"]);
    expect(changedIn(stdout)).toEqual(["src/a.ts"]);
  });

  it("lets a deeper .gitignore take back what one above it ignores", async () => {
    work.write("src/.gitignore", "*.ts\n!a.ts\n");
    work.write("src/deep/.gitignore", "b.mts\n");
    expect(changedIn((await work.run(["activate", "src"])).stdout)).toEqual(["src/a.ts"]);
  });

  it("takes a file that is ignored when it is named", async () => {
    expect(changedIn((await work.run(["activate", "generated/d.ts"])).stdout)).toEqual(["generated/d.ts"]);
  });

  it("writes a file once that is named twice", async () => {
    const { code, stderr } = await work.run([
      "activate",
      "src/a.ts",
      "./src/a.ts",
      work.path("src/a.ts"),
      "--write",
    ]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "Changed 1 of 1 file (1 edit); --revert takes it back\n",
    });
    expect((await work.run(["--revert"])).code).toBe(0);
    expect(work.read("src/a.ts")).toBe(PLAIN);
  });

  it("goes on past files with errors with --keep-going, and names them", async () => {
    work.write("src/bad.ts", `${PLAIN}function {`);
    const refused = await work.run(["activate", "src", "--write"]);
    expect(refused.code).toBe(2);
    expect(work.read("src/a.ts")).toBe(PLAIN);
    const { code, stderr } = await work.run(["activate", "src", "--write", "--keep-going"]);
    expect(code).toBe(2);
    expect(stderr).toContain("Passed over 1 file with errors: src/bad.ts\nChanged 3 of 4 files (3 edits);");
    expect(work.read("src/a.ts")).toContain("@laconic/runtime/library");
  });

  it("gives one JSON object a line, and the counts last", async () => {
    const { stdout } = await work.run(["activate", "src", "--jsonl"]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map(({ path }) => path)).toEqual(["src/a.test.ts", "src/a.ts", "src/deep/b.mts", undefined]);
    expect(lines.at(-1)).toMatchObject({ counts: { files: 3, changed: 3, written: 0, failed: [] } });
  });
});

describe("what is named", () => {
  it("lists the transforms when none has that name", async () => {
    const { code, stderr } = await work.run(["adpt", "app.ts"]);
    expect(code).toBe(2);
    expect(stderr).toContain(
      '"adpt" is neither a file nor a transform; the transforms are library, activate, deactivate, adopt. Did you mean adopt?',
    );
  });

  it("gives a diff that git applies for an absolute path", async () => {
    const { stdout } = await work.run([work.path("app.ts")]);
    execFileSync("git", ["apply", "-"], { cwd: work.folder, input: stdout });
    expect(work.read("app.ts")).toBe(LIBRARY);
  });

  it("gives a diff that git applies for a file outside of the folder", async () => {
    const other = new Workspace({ "other.ts": APP });
    const { stdout } = await work.run([other.path("other.ts")]);
    execFileSync("git", ["apply", "--unsafe-paths", "--directory=/", "-"], {
      cwd: work.folder,
      input: stdout,
    });
    expect(other.read("other.ts")).toBe(LIBRARY);
    other.remove();
  });

  it("takes a program without an extension", async () => {
    mkdirSync(work.path("bin"));
    work.write("bin/www", '#!/usr/bin/env node\nconst app = require("express")();\napp.listen(3000);\n');
    const { code, stdout } = await work.run(["adopt", "bin/www"]);
    expect(code).toBe(0);
    expect(stdout).toContain('+main("www", "", [http("site", app)]);');
  });

  it("accepts --dry-run", async () => {
    expect((await work.run(["app.ts", "--dry-run"])).stdout).toContain("+function init() {");
    expect((await work.run(["app.ts", "--dry-run", "--write"])).code).toBe(2);
    expect(work.read("app.ts")).toBe(APP);
  });

  it("says of an adopted file that it is", async () => {
    work.write("handler.js", "exports.handler = async (event) => event;\n");
    const first = await work.run(["adopt", "handler.js", "--write"]);
    expect(first.stderr).toContain(
      "Next: npm install @laconic/runtime, then npx @laconic/cli build handler.js\n",
    );
    const { code, stderr } = await work.run(["adopt", "handler.js", "--write"]);
    expect(code).toBe(0);
    expect(stderr).toContain("note LAC1045");
  });
});

describe("what a write leaves behind", () => {
  const journal = (): string[] =>
    readdirSync(work.path(".laconic/rewrite")).filter((name) => name !== ".gitignore");

  it("keeps hard links", async () => {
    linkSync(work.path("app.ts"), work.path("same.ts"));
    await work.run(["app.ts", "--write"]);
    expect(work.read("same.ts")).toBe(LIBRARY);
    await work.run(["--revert"]);
    expect(work.read("same.ts")).toBe(APP);
    expect(statSync(work.path("app.ts")).nlink).toBe(2);
  });

  it("keeps each line's ending", async () => {
    const mixed = APP.replace("\n\n", "\r\n\r\n").replace('"described"', '\r\n"described"');
    work.write("app.ts", mixed);
    await work.run(["app.ts", "--write"]);
    expect(
      work.read("app.ts").startsWith(mixed.replace("function main", "function init").slice(0, 100)),
    ).toBe(true);
    expect(work.read("app.ts")).toMatch(/init\(\);\n/);
    await work.run(["--revert"]);
    expect(work.read("app.ts")).toBe(mixed);
  });

  it("reverts although a file is gone, and keeps its original", async () => {
    work.write("b.ts", APP);
    await work.run(["app.ts", "b.ts", "--write"]);
    rmSync(work.path("b.ts"));
    const { code, stderr } = await work.run(["--revert"]);
    expect(code).toBe(0);
    expect(stderr).toContain("warning LAC1026");
    expect(work.read("app.ts")).toBe(APP);
    expect(existsSync(work.path("b.ts"))).toBe(false);
    expect(work.read(".laconic/rewrite/deleted/b.ts")).toBe(APP);
  });

  it.each([
    ["an empty folder", () => mkdirSync(work.path(".laconic/rewrite/000002"))],
    [
      "half a journal",
      () => {
        mkdirSync(work.path(".laconic/rewrite/000002"));
        work.write(".laconic/rewrite/000002/journal.json", '{"version":1,"files":[{"pa');
      },
    ],
    [
      "a journal of something else",
      () => {
        mkdirSync(work.path(".laconic/rewrite/000002"));
        work.write(".laconic/rewrite/000002/journal.json", '{"tables":[]}');
      },
    ],
    ["a file of that name", () => work.write(".laconic/rewrite/000002", "")],
    ["a folder that was to be a journal", () => mkdirSync(work.path(".laconic/rewrite/pending-1-ab"))],
  ])("is reverted in spite of %s", async (_name, leave) => {
    await work.run(["app.ts", "--write"]);
    leave();
    expect(await work.run(["--revert"])).toEqual({ code: 0, stdout: "", stderr: "Reverted app.ts\n" });
    expect(work.read("app.ts")).toBe(APP);
    // And the next write is not in its way either.
    expect((await work.run(["app.ts", "--write"])).code).toBe(0);
    expect((await work.run(["--revert"])).code).toBe(0);
    expect(work.read("app.ts")).toBe(APP);
  });

  it("reverts what an earlier version of the command wrote", async () => {
    await work.run(["app.ts", "--write"]);
    const [number] = journal();
    const folder = `.laconic/rewrite/${number!}`;
    const { files } = JSON.parse(work.read(`${folder}/journal.json`)) as { files: Record<string, unknown>[] };
    const { path, before, after } = files[0]!;
    work.write(
      `${folder}/journal.json`,
      JSON.stringify({ version: 1, files: [{ path, before, after, original: "0.original" }] }),
    );
    work.write(`${folder}/0.original`, APP);
    expect((await work.run(["--revert"])).stderr).toBe("Reverted app.ts\n");
    expect(work.read("app.ts")).toBe(APP);
  });

  it("takes two runs at once on files of their own", async () => {
    work.write("b.ts", APP);
    const runs = await Promise.all([work.run(["app.ts", "--write"]), work.run(["b.ts", "--write"])]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0]);
    expect((await work.run(["--revert"])).code).toBe(0);
    expect((await work.run(["--revert"])).code).toBe(0);
    expect([work.read("app.ts"), work.read("b.ts")]).toEqual([APP, APP]);
    expect(journal()).toEqual([]);
  });

  it("is no uncommitted change to the next transform", async () => {
    const git = (...args: string[]): void => {
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: work.folder });
    };
    work.write("app.ts", PLAIN);
    git("init", "-q");
    git("add", ".");
    git("commit", "-qm", "start");
    expect((await work.run(["activate", "app.ts", "--write"])).code).toBe(0);
    expect((await work.run(["library", "app.ts", "--write"])).code).toBe(0);
    work.write("app.ts", `${work.read("app.ts")}// mine\n`);
    expect((await work.run(["deactivate", "app.ts", "--write"])).stderr).toContain("LAC1019");
  });
});

describe("help", () => {
  it("documents the exit codes", async () => {
    const { code, stdout } = await work.run(["--help"]);
    expect(code).toBe(0);
    expect(stdout).toContain("Exit codes:\n  0  done");
  });

  it("prints the version", async () => {
    expect((await work.run(["--version"])).stdout).toBe("1.2.3\n");
  });
});
