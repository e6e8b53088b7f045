/**
 * What became of a request. Neither PutMetricData nor OTLP has a token that makes a repetition harmless, so only what was certainly not
 * stored may be sent again.
 */
export type Outcome = "stored" | "not-now" | "refused" | "unconfirmed";

/** Errors of a connection that was never made, so that nothing was sent. */
const NOT_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

const THROTTLED = new Set([
  "Throttling",
  "ThrottlingException",
  "ThrottledException",
  "RequestThrottled",
  "RequestThrottledException",
  "RequestLimitExceeded",
  "TooManyRequestsException",
  "SlowDown",
]);

/** The credentials that come next may do. */
const EXPIRED = new Set(["ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"]);

/** The part of the SDK's errors that says what happened. */
interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly statusCode?: number };
  readonly cause?: unknown;
  readonly errors?: readonly unknown[];
}

export function outcomeOf(thrown: unknown): Exclude<Outcome, "stored"> {
  const error = (thrown ?? {}) as SdkError;
  const status = error.$metadata?.httpStatusCode ?? error.$response?.statusCode;
  if (status !== undefined) return byStatus(status, error.name);
  if (isNotConnected(error)) return "not-now";
  // All of them are found before anything is sent.
  if (error.name === "CredentialsProviderError" || error.name === "ClientMissing" || error.name === "NotSent")
    return "refused";
  return "unconfirmed";
}

function byStatus(status: number, name: string | undefined): Exclude<Outcome, "stored"> {
  if (status === 429 || status === 503 || THROTTLED.has(name ?? "") || EXPIRED.has(name ?? ""))
    return "not-now";
  // A redirection is not followed.
  return status >= 300 && status < 500 ? "refused" : "unconfirmed";
}

function isNotConnected(error: SdkError): boolean {
  if (NOT_CONNECTED.has(error.code ?? "")) return true;
  // A host of several addresses: each attempt has an error of its own.
  if (error.errors !== undefined && error.errors.length > 0)
    return error.errors.every((one) => isNotConnected((one ?? {}) as SdkError));
  return error.cause !== undefined && isNotConnected((error.cause ?? {}) as SdkError);
}
