/** What Lambda's Invoke API and the function's configuration say about one invocation. */
export interface InvokeOptions {
  /** The invocation ends as a timeout this long after the runtime took it; default 3000, as in Lambda. */
  timeoutMs?: number | undefined;
  /** The deadline told to the function, in milliseconds since the epoch; default: now + timeoutMs when it is taken. */
  deadlineMs?: number | undefined;
  /** Sent as JSON in Lambda-Runtime-Client-Context. */
  clientContext?: unknown;
  /** Sent as JSON in Lambda-Runtime-Cognito-Identity. */
  identity?: { cognitoIdentityId: string; cognitoIdentityPoolId: string } | undefined;
  /** Lambda-Runtime-Invoked-Function-Arn. */
  arn?: string | undefined;
  /** Lambda-Runtime-Trace-Id; default: a fresh unsampled one. */
  traceId?: string | undefined;
  /** Lambda-Runtime-Aws-Tenant-Id. */
  tenantId?: string | undefined;
  /** Lambda-Runtime-Aws-Request-Id; default: a fresh UUID. */
  requestId?: string | undefined;
  /** Called when the first byte of the answer has arrived. */
  onFirstByte?: (() => void) | undefined;
}

/**
 * How an invocation ended: the function's response, its own error, an error while it started, Lambda's limit of
 * time, or the end of its process. Every kind but "response" has Lambda's error JSON as its payload.
 */
export type OutcomeKind = "response" | "error" | "init-error" | "timeout" | "exit";

export interface Outcome {
  kind: OutcomeKind;
  requestId: string;
  payload: Buffer;
  contentType: string | undefined;
  /** From the runtime taking the event until its answer had arrived; 0 when it never took it. */
  durationMs: number;
  /** What had arrived of a streamed response before the error that ended it. */
  partial?: Buffer | undefined;
  /** When the answer had arrived, by `performance.now()`. */
  completedAt: number;
}

/** Lambda's JSON for a function error that the function did not describe itself. */
export function errorPayload(errorType: string, errorMessage: string): Buffer {
  return Buffer.from(JSON.stringify({ errorType, errorMessage }));
}
