/** A request as every event shape gives it and every HTTP adapter takes it. */
export interface HttpRequest {
  readonly method: string;
  readonly scheme: "http" | "https";
  readonly host: string;
  /** As the client sent it, percent-encoding kept; begins with `/`. Nothing in it ends the path or the line. */
  readonly path: string;
  /** Without the `?`; empty when there is none. */
  readonly query: string;
  /** Lower-case names, one entry a value, in the event's order; `cookie` at most once. */
  readonly headers: readonly HttpHeader[];
  readonly body: string | Uint8Array | undefined;
  /** The client's address, when the source tells it. */
  readonly remoteAddress?: string | undefined;
}

export type HttpHeader = readonly [name: string, value: string];

/** A response as every HTTP adapter gives it and every event shape takes it. */
export interface HttpResponse {
  readonly statusCode: number;
  readonly statusMessage: string;
  /** Lower-case names, one entry a value; several of one name only for `set-cookie`, or when the app sent them apart. */
  readonly headers: readonly HttpHeader[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}

/** A request that no app should see: answered with this status instead of being dispatched. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
  readonly statusCode: number = 400;
}

/** @returns the fields grouped by name, in order of first appearance, without those of the connection. */
export function groupHeaders(headers: readonly HttpHeader[]): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [name, value] of headers) {
    const values = grouped.get(name);
    if (values !== undefined) values.push(value);
    else if (!isOfConnection(name)) grouped.set(name, [value]);
  }
  return grouped;
}

/** What belongs to one connection is not the app's to say here: the gateway has a connection of its own. */
function isOfConnection(name: string): boolean {
  return name === "connection" || name === "keep-alive" || name === "transfer-encoding";
}
