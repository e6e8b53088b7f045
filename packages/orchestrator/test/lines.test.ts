import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { followFileLines, Lines } from "../src/metrics/lines.js";

describe("lines", () => {
  it("are the same bytes, however they come in chunks", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(200)), (bytes, cuts) => {
        const text = Buffer.from(bytes.map((byte) => (byte < 40 ? 0x0a : byte)));
        const found: Buffer[] = [];
        const lines = new Lines((line) => found.push(line));
        let start = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), text.length]) {
          lines.add(text.subarray(start, cut));
          start = Math.max(start, Math.min(cut, text.length));
        }
        lines.end();
        expect(Buffer.concat(found).equals(text)).toBe(true);
        for (const line of found.slice(0, -1)) expect(line.indexOf(0x0a)).toBe(line.length - 1);
      }),
    );
  });

  it("without an end are handed over before they fill the memory", () => {
    const lengths: number[] = [];
    const lines = new Lines((line) => lengths.push(line.length));
    for (let chunk = 0; chunk < 100; chunk++) lines.add(Buffer.alloc(64 * 1024, "a"));
    expect(Math.max(...lengths)).toBeLessThan(2 * 1024 * 1024);
    expect(lengths.length).toBeGreaterThan(2);
  });
});

describe("a file that is followed", () => {
  let folder: string;
  let file: string;
  let found: string[];
  let controller: AbortController;
  let following: Promise<void>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "laconic-lines-"));
    file = join(folder, "run.log");
    found = [];
    controller = new AbortController();
    following = followFileLines(file, (line) => found.push(line.toString()), controller.signal);
  });
  afterEach(async () => {
    controller.abort();
    await following;
    await rm(folder, { recursive: true, force: true });
  });
  const sees = (...lines: string[]) => vi.waitFor(() => expect(found).toEqual(lines), 10_000);

  it("is waited for, read from its beginning, and then to what is added", async () => {
    await writeFile(file, "one\ntwo\nthr");
    await sees("one\n", "two\n");
    await appendFile(file, "ee\n");
    await sees("one\n", "two\n", "three\n");
  });

  it("is read anew when it is cut or replaced", async () => {
    await writeFile(file, "a long first line\n");
    await sees("a long first line\n");
    await truncate(file);
    await appendFile(file, "two\n");
    await sees("a long first line\n", "two\n");
    await writeFile(`${file}.new`, "another file that is longer than the one before\n");
    await rename(`${file}.new`, file);
    await sees("a long first line\n", "two\n", "another file that is longer than the one before\n");
  });
});
