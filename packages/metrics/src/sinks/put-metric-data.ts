import type { CloudWatchClient, MetricDatum } from "@aws-sdk/client-cloudwatch";
import { outcomeOf, type Outcome } from "./outcome.js";

export interface Answer {
  readonly outcome: Outcome;
  /** Why it was not stored, for the log. */
  readonly error?: unknown;
}

/** Sends one request. Never rejects. */
export type Send = (namespace: string, data: readonly MetricDatum[]) => Promise<Answer>;

/** Attempts for one request, with the SDK's pauses between them. */
const ATTEMPTS = 3;

/** PutMetricData through the SDK, which is loaded for the first request. `timeoutMs` is for one attempt. */
export function putMetricData(timeoutMs: number): Send {
  let sdk: Promise<Sdk> | undefined;
  return async (namespace, data) => {
    try {
      const { client, limit, PutMetricDataCommand } = await (sdk ??= loadSdk(timeoutMs));
      const command = new PutMetricDataCommand({ Namespace: namespace, MetricData: [...data] });
      limit.lastStart = Date.now() + timeoutMs * ATTEMPTS;
      await within(timeoutMs * (ATTEMPTS + 1), client.send(command), () => {
        // Closes the connection. An AbortSignal would do, but its class would become part of every library with metrics.
        client.destroy();
        sdk = undefined;
      });
      return { outcome: "stored" };
    } catch (error) {
      return { outcome: outcomeOf(error), error };
    }
  };
}

interface Sdk {
  readonly client: CloudWatchClient;
  readonly limit: Limit;
  readonly PutMetricDataCommand: typeof import("@aws-sdk/client-cloudwatch").PutMetricDataCommand;
}

/** There is one request at a time. */
interface Limit {
  /** No attempt starts later, in milliseconds since 1970. */
  lastStart: number;
}

async function loadSdk(timeoutMs: number): Promise<Sdk> {
  const { CloudWatchClient, PutMetricDataCommand } = await import("@aws-sdk/client-cloudwatch").catch(
    clientMissing,
  );
  const client = new CloudWatchClient({
    maxAttempts: ATTEMPTS,
    // What is gzipped and from which size on is the SDK's: it knows which operations take it.
    disableRequestCompression: false,
    requestHandler: {
      connectionTimeout: timeoutMs,
      requestTimeout: timeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: timeoutMs,
      // A sandbox sleeps between requests while the other side closes what is idle. A request on such a connection fails
      // in a way that does not tell whether it was stored.
      httpAgent: { keepAlive: false },
      httpsAgent: { keepAlive: false },
    },
  });
  const limit = { lastStart: Infinity };
  await retryOnlyWhatWasNotStored(client, limit);
  return { client, limit, PutMetricDataCommand };
}

function clientMissing(cause: unknown): never {
  const message = "@aws-sdk/client-cloudwatch cannot be loaded: install it, or use the sink emf";
  throw Object.assign(new Error(message, { cause }), { name: "ClientMissing" });
}

/** The SDK would repeat a request whose answer was lost, and CloudWatch would store it twice. */
async function retryOnlyWhatWasNotStored(client: CloudWatchClient, limit: Limit): Promise<void> {
  const strategy = await client.config.retryStrategy();
  if (!("refreshRetryTokenForRetry" in strategy))
    throw new Error("The SDK has not the retries of its version 3");
  const refresh = strategy.refreshRetryTokenForRetry.bind(strategy);
  strategy.refreshRetryTokenForRetry = async (token, info) => {
    if (outcomeOf(info.error) === "unconfirmed") throw info.error;
    // Given up in a pause, it is known not to be stored; given up while it is sent, it is not.
    return within(limit.lastStart - Date.now(), refresh(token, info));
  };
  client.config.retryStrategy = async () => strategy;
}

/** Waits no longer than this: a server may keep an answer going without end, and attempts have only limits of their own. */
async function within<T>(timeoutMs: number, work: Promise<T>, giveUp?: () => void): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`CloudWatch gave no whole answer within ${timeoutMs} ms`));
      giveUp?.();
    }, timeoutMs);
  });
  try {
    return await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
