import type { ClientContext, CognitoIdentity, Context } from "aws-lambda";

/** What the shim sends beside an event; the names are those of the Lambda context. */
interface ContextFields {
  functionName?: string;
  functionVersion?: string;
  invokedFunctionArn?: string;
  /** Megabytes, as text: Lambda's own type. */
  memoryLimitInMB?: string;
  awsRequestId?: string;
  logGroupName?: string;
  logStreamName?: string;
  /** Unix epoch, milliseconds. */
  deadlineMs?: number;
  identity?: CognitoIdentity | null;
  clientContext?: ClientContext | null;
  tenantId?: string | null;
  /** The X-Amzn-Trace-Id header. */
  traceId?: string | null;
}

/** `done`, `fail` and `succeed` are left out on purpose: Lambda itself dropped them for promises. */
export type LambdaContext = Omit<Context, "done" | "fail" | "succeed"> & { tenantId?: string };

/** In front of the first member that differs from request to request, in the JSON that the shim writes. */
const BOUNDARY = ',"deadlineMs":';

// Names, version, memory, log group and stream stay the same while the sandbox lives; reading them again for each
// request took as long as a small handler.
let fixedText = "";
let fixed: ContextFields = {};

/**
 * Reads the JSON that a shim sends beside the event.
 * @throws SyntaxError when it is not JSON
 */
export function parseContext(json: string): unknown {
  const boundary = json.indexOf(BOUNDARY);
  if (boundary < 0) return JSON.parse(json);
  try {
    const text = json.slice(0, boundary);
    if (text !== fixedText) {
      fixed = JSON.parse(`${text}}`) as ContextFields;
      fixedText = text;
    }
    return { ...fixed, ...(JSON.parse(`{${json.slice(boundary + 1)}`) as ContextFields) };
  } catch {
    return JSON.parse(json); // a host with another order: the boundary lies within a nested object
  }
}

/** Builds the context field by field: what else the JSON holds (`__proto__` for one) goes nowhere. */
export function lambdaContext(parsed: unknown): Context {
  const fields = (typeof parsed === "object" && parsed !== null ? parsed : {}) as ContextFields;
  const { deadlineMs, identity, clientContext, tenantId, traceId } = fields;
  const context: LambdaContext = {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: fields.functionVersion ?? "$LATEST",
    functionName: fields.functionName ?? "",
    memoryLimitInMB: fields.memoryLimitInMB ?? "",
    logGroupName: fields.logGroupName ?? "",
    logStreamName: fields.logStreamName ?? "",
    invokedFunctionArn: fields.invokedFunctionArn ?? "",
    awsRequestId: fields.awsRequestId ?? "",
    // Without a deadline there is nothing to run out of; JSON has no Infinity, so callers get a large finite number.
    getRemainingTimeInMillis: () =>
      typeof deadlineMs === "number" ? Math.max(0, deadlineMs - Date.now()) : Number.MAX_SAFE_INTEGER,
  };
  if (identity) context.identity = identity;
  if (clientContext) context.clientContext = clientContext;
  if (typeof tenantId === "string") context.tenantId = tenantId;
  if (typeof traceId === "string" || isTracePublished) publishTraceId(traceId);
  return context as Context;
}

let isTracePublished = false;

/**
 * X-Ray's SDK and OpenTelemetry read the trace of the current request from the environment, as in Lambda's Node. A host
 * that sets the variable itself sends no id; then nothing is written over it.
 */
function publishTraceId(traceId: string | null | undefined): void {
  if (typeof process !== "object") return;
  isTracePublished = typeof traceId === "string";
  if (typeof traceId === "string") process.env["_X_AMZN_TRACE_ID"] = traceId;
  else delete process.env["_X_AMZN_TRACE_ID"];
}
