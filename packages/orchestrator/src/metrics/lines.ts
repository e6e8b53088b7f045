import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { LaconicError } from "../errors.js";

/** A longer line is no event of CloudWatch Logs: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const LONGEST_LINE = 1024 * 1024;

/** Milliseconds between two looks at a file that is followed. */
const POLL_MS = 200;

const NEWLINE = 0x0a;

/** Puts chunks together to lines, each with its line break as it came; the last one may have none. */
export class Lines {
  private pending: Buffer[] = [];
  private length = 0;

  constructor(private readonly onLine: (line: Buffer) => void) {}

  add(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.hold(chunk.subarray(start, end + 1));
      this.end();
      start = end + 1;
    }
    this.hold(chunk.subarray(start));
    if (this.length > LONGEST_LINE) this.end();
  }

  /** Hands over what has no line break. */
  end(): void {
    if (this.length === 0) return;
    const line = Buffer.concat(this.pending);
    this.pending = [];
    this.length = 0;
    this.onLine(line);
  }

  private hold(part: Buffer): void {
    this.pending.push(part);
    this.length += part.length;
  }
}

/** Reads a stream to its end. */
export async function readLines(
  stream: AsyncIterable<unknown>,
  onLine: (line: Buffer) => void,
): Promise<void> {
  const lines = new Lines(onLine);
  for await (const chunk of stream) lines.add(Buffer.from(chunk as Uint8Array));
  lines.end();
}

/** @throws {LaconicError} LAC8010 */
export async function readFileLines(file: string, onLine: (line: Buffer) => void): Promise<void> {
  await readLines(createReadStream(file), onLine).catch((cause: NodeJS.ErrnoException) => {
    throw unreadable(file, cause);
  });
}

/**
 * Reads a file from its beginning and then what is added to it, until the signal is aborted. One that is not there yet is waited
 * for, and one that is cut or replaced is read anew.
 *
 * @throws {LaconicError} LAC8010
 */
export async function followFileLines(
  file: string,
  onLine: (line: Buffer) => void,
  signal: AbortSignal,
): Promise<void> {
  let lines = new Lines(onLine);
  let [inode, offset] = [-1, 0];
  while (!signal.aborted) {
    const found = await stat(file).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === "ENOENT") return undefined;
      throw unreadable(file, cause);
    });
    if (found !== undefined && (found.ino !== inode || found.size < offset)) {
      lines.end();
      lines = new Lines(onLine);
      [inode, offset] = [found.ino, 0];
    }
    if (found !== undefined && found.size > offset) offset += await addFrom(file, offset, lines);
    await sleep(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
  lines.end();
}

/** @returns how many bytes were read */
async function addFrom(file: string, start: number, lines: Lines): Promise<number> {
  let bytes = 0;
  try {
    for await (const chunk of createReadStream(file, { start })) {
      bytes += (chunk as Buffer).length;
      lines.add(chunk as Buffer);
    }
  } catch (cause) {
    const error = cause as NodeJS.ErrnoException;
    // Replaced between two looks.
    if (error.code !== "ENOENT") throw unreadable(file, error);
  }
  return bytes;
}

function unreadable(file: string, cause: NodeJS.ErrnoException): LaconicError {
  return new LaconicError("LAC8010", `The text ${file} cannot be read: ${cause.message}.`, {
    hint: "Name a file with the output of a run, or pipe the output into the command.",
    cause,
  });
}
