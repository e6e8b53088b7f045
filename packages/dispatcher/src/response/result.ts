import { DispatchError } from "../errors.js";
import { decodeUtf8, isJsonType, isTextType, toBase64 } from "../http/body.js";
import { reasonPhrase } from "../http/status-codes.js";
import type { InProcessResponse } from "./response.js";
import { parse, stringify } from "../intrinsics.js";

/** A response as a Lambda result: the JSON text that is sent, and the value it stands for. */
export interface ResponseResult {
  readonly json: string;
  readonly value: unknown;
}

/** A handler's own answer with status >= 400: the message is the JSON envelope that API Gateway's patterns look at. */
export class ResponseStatusError extends DispatchError {
  override readonly name = "ResponseStatusError";
  readonly statusCode: number;

  constructor(statusCode: number, envelope: string) {
    super("LAC3008", envelope);
    this.statusCode = statusCode;
  }
}

/**
 * - no body: `null`
 * - JSON type, or no type at all: the body as it is when it is JSON, else a JSON string
 * - other text: a JSON string
 * - everything else (binary type, content-encoding, text that is not UTF-8): a JSON string of base64
 * @throws ResponseStatusError when the status is 400 or above
 */
export function responseResult(response: InProcessResponse): ResponseResult {
  const contentType = response.sentValue("content-type");
  const isText = isTextType(contentType, response.sentValue("content-encoding"));
  const body = bodyText(response.chunks, isText);
  const result = toResult(body, contentType ?? "application/json");
  if (response.sentStatus >= 400) throw statusError(response, result.value);
  return result;
}

function toResult(body: string, contentType: string): ResponseResult {
  if (body === "") return { json: "null", value: null };
  if (isJsonType(contentType)) {
    try {
      // Parsed although the text goes out as it is: Lambda refuses a payload that only claims to be JSON.
      return { value: parse(body), json: body };
    } catch {
      // Not JSON whatever its header says: delivered as text rather than lost.
    }
  }
  return { json: stringify(body), value: body };
}

function statusError(response: InProcessResponse, error: unknown): ResponseStatusError {
  const code = response.sentStatus;
  const headers = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of response.sentFields) {
    const key = name.toLowerCase();
    headers[key] = key in headers ? [headers[key]!, value].flat() : value;
  }
  const status = reasonPhrase(code) ?? response.statusMessage;
  return new ResponseStatusError(code, stringify({ code, status, headers, error }));
}

function bodyText(chunks: readonly (string | Uint8Array)[], isText: boolean): string {
  if (isText && chunks.length === 1 && typeof chunks[0] === "string") return chunks[0];
  if (isText && chunks.every((chunk) => typeof chunk === "string")) return chunks.join("");
  const bytes = Buffer.concat(
    chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk) : chunk)),
  );
  return (isText ? decodeUtf8(bytes) : undefined) ?? toBase64(bytes);
}
