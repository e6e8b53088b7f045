import { join } from "node:path";
import type { Any } from "../internal/any.js";
import { nodeError } from "../internal/errors.js";
import { validateFunction } from "../internal/validate.js";
import { toOptions, toPath } from "./arguments.js";
import { fsError } from "./errors.js";
import { readdirSync } from "./sync.js";
import process from "../process/node-process.js";

/** A directory being read: read whole when it is opened, given out entry by entry. */
export class Dir {
  readonly #path: string;
  readonly #entries: Any[];
  #isClosed = false;

  constructor(path: Any, options?: Any) {
    this.#path = String(toPath(path));
    const { encoding, recursive } = toOptions(options);
    try {
      this.#entries = readdirSync(path, { encoding, recursive, withFileTypes: true });
    } catch (error: Any) {
      throw error.syscall === "scandir" ? fsError(error.errno, "opendir") : error;
    }
  }

  get path(): string {
    return this.#path;
  }

  #check(): void {
    if (this.#isClosed) throw nodeError(Error, "ERR_DIR_CLOSED", "Directory handle was closed");
  }

  readSync(): Any {
    this.#check();
    return this.#entries.shift() ?? null;
  }

  read(callback?: Any): Any {
    if (callback === undefined) return Promise.resolve().then(() => this.readSync());
    validateFunction(callback, "callback");
    const entry = this.readSync();
    setImmediate(() => callback(null, entry));
  }

  closeSync(): void {
    this.#check();
    this.#isClosed = true;
  }

  close(callback?: Any): Any {
    if (callback === undefined) return Promise.resolve().then(() => this.closeSync());
    validateFunction(callback, "callback");
    this.closeSync();
    setImmediate(() => callback(null));
  }

  async *entries(): AsyncGenerator<Any> {
    try {
      for (let entry = await this.read(); entry !== null; entry = await this.read()) yield entry;
    } finally {
      if (!this.#isClosed) await this.close();
    }
  }

  [Symbol.asyncIterator](): AsyncGenerator<Any> {
    return this.entries();
  }
}

export function opendirSync(path: Any, options?: Any): Dir {
  return new Dir(path, options);
}

/** The paths that match a pattern, in the order in which a walk meets them. */
export function globSync(pattern: Any, options: Any = {}): Any[] {
  const { cwd = process.cwd(), exclude, withFileTypes = false } = options;
  const { matchesGlob } = require("node:path");
  const patterns: string[] = [pattern].flat();
  const isExcluded = (entry: Any, path: string): boolean => {
    if (exclude === undefined) return false;
    if (Array.isArray(exclude)) return exclude.some((one) => matchesGlob(path, one));
    return exclude(withFileTypes ? entry : entry.name);
  };
  const found: Any[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(cwd, folder), { withFileTypes: true })) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (isExcluded(entry, path)) continue;
      if (patterns.some((one) => matchesGlob(path, one))) found.push(withFileTypes ? entry : path);
      if (entry.isDirectory()) walk(path);
    }
  };
  walk("");
  return found;
}
