import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { run } from "../src/cli/run.js";

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of files to run the command in. */
export class Workspace {
  readonly folder = mkdtempSync(join(tmpdir(), "rewrite-"));

  constructor(files: Readonly<Record<string, string | Uint8Array>> = {}) {
    for (const [path, contents] of Object.entries(files)) this.write(path, contents);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, contents: string | Uint8Array): void {
    writeFileSync(this.path(name), contents);
  }

  read(name: string): string {
    return readFileSync(this.path(name), "utf8");
  }

  /** One run of the command line in this folder. */
  async run(args: readonly string[], stdin = "", env: Record<string, string> = {}): Promise<Finished> {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const texts = { stdout: "", stderr: "" };
    stdout.on("data", (chunk: Buffer) => (texts.stdout += chunk.toString()));
    stderr.on("data", (chunk: Buffer) => (texts.stderr += chunk.toString()));
    const code = await run(args, {
      cwd: this.folder,
      env,
      stdin: Readable.from([Buffer.from(stdin)]),
      stdout,
      stderr,
      version: "1.2.3",
    });
    await new Promise((resolve) => setImmediate(resolve));
    return { code, ...texts };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
