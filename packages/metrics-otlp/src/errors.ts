/**
 * Why values were not stored, in the form of the AWS SDK's errors, from which the caller sees whether they may be sent again:
 * `name` of the cause, `$metadata.httpStatusCode` of an answer.
 */
export interface ExportError extends Error {
  readonly $metadata?: { readonly httpStatusCode: number };
  /** Milliseconds after which the server wants to be asked again. */
  readonly retryAfterMs?: number;
}

/** Found before anything was sent, and the same for every request. */
export function notSent(message: string, cause?: unknown): ExportError {
  return Object.assign(new Error(message, { cause }), { name: "NotSent" });
}
