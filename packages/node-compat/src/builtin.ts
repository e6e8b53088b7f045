/**
 * How a Node built-in, or one export of it, is had inside the library.
 *
 * - `native`: the engine's own, as it is
 * - `overlay`: the engine's own, completed by JavaScript that ships in the library
 * - `polyfill`: JavaScript that ships in the library
 * - `unsupported`: not at all
 */
export type Support = "native" | "overlay" | "polyfill" | "unsupported";

/** One export of a built-in that is not had as Node has it. */
export interface ExportRow {
  readonly support: Support;
  /** What differs from Node, and why: a clause without a full stop. */
  readonly reason: string;
  /** What to do instead. */
  readonly wayOut?: string;
}

/** One row of the table: a Node built-in and what becomes of an import of it. */
export interface Builtin {
  /** Name without the `node:` prefix, for example `fs/promises`. */
  readonly name: string;
  readonly support: Support;
  /** Why it is not there, or what differs from Node as a whole. Present whenever `support` is `unsupported`. */
  readonly reason?: string;
  /** What to do instead. Present whenever `support` is `unsupported`. */
  readonly wayOut?: string;
  /**
   * The exports that differ from the row as a whole, by name; `promises.open` names a member of an export.
   * An export that is not listed behaves as in Node.
   */
  readonly exports?: Readonly<Record<string, ExportRow>>;
}

/** Rows of exports that are lacking for one reason. */
export function lacking(
  reason: string,
  wayOut: string,
  names: readonly string[],
): Readonly<Record<string, ExportRow>> {
  return Object.fromEntries(names.map((name) => [name, { support: "unsupported", reason, wayOut }]));
}

/** Whether the built-in is a file of this package's `modules/`. */
export function isShipped({ support }: Builtin): boolean {
  return support === "overlay" || support === "polyfill";
}

export const useNodeShim =
  "deploy this app with the managed Node runtime instead, or leave the module out of the handler's path";
export const noSocketServer = "the library answers requests in process and opens no port";
export const v8Only = "it exposes V8, and the library's engine is QuickJS";
export const noTerminal = "there is no terminal in a Lambda function";
