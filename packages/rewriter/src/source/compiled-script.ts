import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { join } from "node:path";
import { Script } from "node:vm";

interface Loaded {
  exports: unknown;
}

type Wrapper = (module: Loaded, exports: unknown, require: NodeJS.Require) => void;

/**
 * Loads a CommonJS file, keeping what V8 compiled of it for the next process: Node does that by itself from 22.1 on, and
 * only when asked. The cache is the user's own (nobody else may put code there) and whatever is wrong with it, V8 rejects
 * it and the file is compiled as if there were none.
 */
export function loadCompiled(path: string): unknown {
  const source = `(function (module, exports, require) {${readFileSync(path, "utf8")}\n})`;
  const cache = cacheFile(source);
  const cachedData = cache === undefined ? undefined : read(cache);
  const script = new Script(source, { filename: path, ...(cachedData && { cachedData }) });
  const module: Loaded = { exports: {} };
  (script.runInThisContext() as Wrapper)(module, module.exports, createRequire(path));
  if (cache !== undefined && (cachedData === undefined || script.cachedDataRejected)) {
    // After the first file was parsed, so that the functions which that needed are in it.
    process.once("beforeExit", () => write(cache, script.createCachedData()));
  }
  return module.exports;
}

function cacheFile(source: string): string | undefined {
  if (process.env["NODE_DISABLE_COMPILE_CACHE"]) return undefined;
  const root = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(root, "laconic-rewrite", `${process.version}-${process.arch}-${source.length}.bin`);
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

// A cache that cannot be written costs time, nothing else.
function write(path: string, data: Buffer): void {
  const temporary = `${path}.${process.pid}`;
  try {
    mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, data, { mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    return;
  }
}
