import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { expect, it } from "vitest";
import { compilePythonShim, generatePythonShim } from "../src/index.js";

const shim = generatePythonShim({
  service: "x",
  libraryName: "app.lambda.so",
  functions: [{ name: "hello" }],
});

it("gives the same bytecode every time", async () => {
  const [once, again] = [await compilePythonShim(shim, "python3"), await compilePythonShim(shim, "python3")];
  expect(once.path).toMatch(/^__pycache__\/index\.cpython-3\d+\.pyc$/);
  expect(once.bytes.equals(again.bytes)).toBe(true);
});

it("makes bytecode that Python takes instead of the source, until the source is edited", async () => {
  const folder = mkdtempSync(join(tmpdir(), "laconic-bytecode-"));
  try {
    const { path, bytes } = await compilePythonShim(shim, "python3");
    mkdirSync(dirname(join(folder, path)));
    writeFileSync(join(folder, path), bytes);
    writeFileSync(join(folder, "index.py"), shim.files[0]!.text);
    expect(explainLoading(folder)).toContain(`${basename(path)} matches`);
    writeFileSync(join(folder, "index.py"), "edited = 1\n");
    expect(explainLoading(folder)).not.toContain("matches");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** What a verbose Python says while it gets the module's code, without running it. */
function explainLoading(folder: string): string {
  const script =
    "import importlib.util, sys; sys.path.insert(0, '.');" +
    "importlib.util.find_spec('index').loader.get_code('index')";
  const { status, stderr } = spawnSync("python3", ["-v", "-B", "-c", script], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(status).toBe(0);
  return stderr
    .split("\n")
    .filter((line) => line.includes("index"))
    .join("\n");
}

it("says which Python could not compile", async () => {
  await expect(compilePythonShim(shim, "/nonexistent/python")).rejects.toMatchObject({
    code: "LAC6005",
    message: expect.stringContaining("/nonexistent/python cannot compile the shim") as string,
  });
  await expect(compilePythonShim(shim, "false")).rejects.toMatchObject({ code: "LAC6005" });
});
