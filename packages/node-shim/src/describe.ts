import { execFile } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { NodeShimError } from "./errors.js";

const PROGRAM = fileURLToPath(new URL("../javascript/describe.mjs", import.meta.url));
/** An app that waits for something while it loads does so here, too; one that waits for ever is ended. */
const LIMIT_MS = 60_000;

/** What an app registers. */
export interface NodeServiceDescription {
  readonly service: { readonly name: string; readonly description: string };
  readonly functions: readonly {
    readonly name: string;
    readonly kind: "response" | "event" | "http";
    readonly options: Readonly<Record<string, unknown>>;
  }[];
}

/**
 * Loads a bundle once, in a Node of its own, and asks which functions it registered.
 * @param bundle absolute path
 * @throws {NodeShimError} LAC6204 with the app's own error
 */
export function describeNodeApp(bundle: string, signal?: AbortSignal): Promise<NodeServiceDescription> {
  const args = ["--enable-source-maps", PROGRAM, pathToFileURL(bundle).href];
  return new Promise((resolve, reject) => {
    const options = { timeout: LIMIT_MS, maxBuffer: 1 << 26, ...(signal && { signal }) };
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      // The app may write to stdout as well; the description is the last line.
      const line = stdout.trimEnd().split("\n").at(-1) ?? "";
      if (!error) return resolve(JSON.parse(line) as NodeServiceDescription);
      if (signal?.aborted) return reject(error);
      reject(failure(stderr, error));
    });
  });
}

function failure(stderr: string, cause: Error & { killed?: boolean }): NodeShimError {
  const message = cause.killed
    ? `The app did not finish loading within ${LIMIT_MS / 1000} s in Node.`
    : "The app fails while it is loaded in Node.";
  return new NodeShimError("LAC6204", message, {
    hint: "The build loads the app once, to ask which functions it registers: nothing that it needs for that may fail.",
    ...(stderr.trim() && { frame: stderr.trim() }),
    cause,
  });
}
