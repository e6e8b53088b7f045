import type { ExportError } from "./errors.js";
import type { Answered } from "./post.js";

/** What a server did with a request that it took. */
export interface Exported {
  /** How many points it did not store. It does not say which. */
  readonly rejected: number;
  /** Why, or a warning about points that it did store. */
  readonly message?: string;
}

/** https://opentelemetry.io/docs/specs/otlp/#otlphttp-response @throws {ExportError} when nothing says that it was stored */
export function exportedBy({ status, headers, body }: Answered, now: number): Exported {
  if (status >= 200 && status < 300) return accepted(body, headers["content-type"]);
  const { name, message } = failureIn(body, headers["x-amzn-errortype"]);
  throw Object.assign(new Error(message ?? `the server answered ${status}`), {
    name: name ?? `Status${status}`,
    $metadata: { httpStatusCode: status },
    ...retryAfter(headers["retry-after"], now),
  }) satisfies ExportError;
}

function accepted(body: string, type: string | undefined): Exported {
  // A server that knows no JSON answers in protobuf, where success without a word is no bytes.
  if (body === "") return { rejected: 0 };
  const answer = parsed(body);
  if (answer === undefined) throw new Error(`the answer is not OTLP's, but ${type ?? "of an unknown type"}`);
  const { rejectedDataPoints = 0, errorMessage } = object(answer["partialSuccess"]);
  const rejected = Number(rejectedDataPoints);
  return {
    rejected: Number.isFinite(rejected) && rejected > 0 ? Math.floor(rejected) : 0,
    ...(typeof errorMessage === "string" && errorMessage !== "" && { message: errorMessage }),
  };
}

/** A google.rpc.Status, or an error as AWS writes it: `__type` or a header names it, after a namespace or before a URL. */
function failureIn(
  body: string,
  header: unknown,
): { name?: string | undefined; message?: string | undefined } {
  const failure = parsed(body) ?? {};
  const type = failure["__type"] ?? header;
  const message = failure["message"] ?? failure["Message"];
  return {
    name: typeof type === "string" ? type.split(":")[0]!.split("#").at(-1) : undefined,
    message: typeof message === "string" && message !== "" ? message : undefined,
  };
}

/** Seconds, or a date. */
function retryAfter(header: string | undefined, now: number): { retryAfterMs?: number } {
  if (header === undefined) return {};
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return ms > 0 ? { retryAfterMs: ms } : {};
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

const object = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
