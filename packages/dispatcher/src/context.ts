import type { ClientContext, CognitoIdentity, Context } from "aws-lambda";
import { environment } from "./environment.js";
import { parse } from "./intrinsics.js";

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

/** The first member that differs from request to request, in the JSON that the shim writes. */
const BOUNDARY = '"deadlineMs":';
const LASTING = new Set<string>([
  ...["functionName", "functionVersion", "memoryLimitInMB"],
  ...["logGroupName", "logStreamName", "invokedFunctionArn"],
]);
const NOTHING: ContextFields = {};

// Names, version, memory, log group and stream stay the same while the sandbox lives; reading them again for each
// request took as long as a small handler.
let fixedText = "";
let fixed = NOTHING;

/**
 * The context of a request, read from the JSON that a shim sends beside the event.
 * @throws SyntaxError when it is not JSON
 */
export function readContext(json: string): Context {
  return readInParts(json) ?? lambdaContext(NOTHING, fieldsOf(parse(json)));
}

/** Without its fixed part; undefined where there is none, or where the app has spoilt the methods of strings. */
function readInParts(json: string): Context | undefined {
  try {
    if ((fixedText === "" || !json.startsWith(fixedText)) && !keepFixedPart(json)) return undefined;
    return lambdaContext(fixed, parse(`{${json.slice(fixedText.length)}`) as ContextFields);
  } catch {
    return undefined;
  }
}

/** @returns false for the JSON of a host that writes the members in another order */
function keepFixedPart(json: string): boolean {
  const boundary = json.indexOf(`,${BOUNDARY}`);
  if (boundary < 0) return false;
  try {
    const part = parse(`${json.slice(0, boundary)}}`) as ContextFields;
    if (Object.keys(part).some((name) => !LASTING.has(name))) return false;
    fixed = part;
  } catch {
    return false; // the boundary lies within a nested object
  }
  fixedText = json.slice(0, boundary + 1);
  return true;
}

function fieldsOf(parsed: unknown): ContextFields {
  return typeof parsed === "object" && parsed !== null ? parsed : NOTHING;
}

/** Builds the context field by field: what else the JSON holds (`__proto__` for one) goes nowhere. */
function lambdaContext(lasting: ContextFields, own: ContextFields): Context {
  const { deadlineMs, identity, clientContext, tenantId, traceId } = own;
  const context: LambdaContext = {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: lasting.functionVersion ?? own.functionVersion ?? "$LATEST",
    functionName: lasting.functionName ?? own.functionName ?? "",
    memoryLimitInMB: lasting.memoryLimitInMB ?? own.memoryLimitInMB ?? "",
    logGroupName: lasting.logGroupName ?? own.logGroupName ?? "",
    logStreamName: lasting.logStreamName ?? own.logStreamName ?? "",
    invokedFunctionArn: lasting.invokedFunctionArn ?? own.invokedFunctionArn ?? "",
    awsRequestId: own.awsRequestId ?? "",
    getRemainingTimeInMillis() {
      // Without a deadline there is nothing to run out of; JSON has no Infinity, so callers get a large finite number.
      return typeof deadlineMs === "number" ? Math.max(0, deadlineMs - Date.now()) : Number.MAX_SAFE_INTEGER;
    },
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
  isTracePublished = typeof traceId === "string";
  if (typeof traceId === "string") environment()["_X_AMZN_TRACE_ID"] = traceId;
  else delete environment()["_X_AMZN_TRACE_ID"];
}
