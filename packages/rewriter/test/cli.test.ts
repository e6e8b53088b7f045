import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readlinkSync, statSync, symlinkSync } from "node:fs";
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
    expect(rest).toEqual({ version: 1, transform: "library", diagnostics: [] });
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
    ["a folder", "LAC1017", ["."]],
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
