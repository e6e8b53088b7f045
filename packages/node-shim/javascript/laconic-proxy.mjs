// The proxy shim: handlers for AWS's Node runtime client that pass their requests to the app in a process of its own.
import { isMainThread } from "node:worker_threads";
import { AppProcess } from "./laconic-app-process.mjs";
import { LaconicError, revived } from "./laconic-errors.mjs";
import { exchange, parsed } from "./laconic-exchange.mjs";
import { Measures } from "./laconic-measures.mjs";

/** Lambda gives a function 10 s to start. */
const START_LIMIT_MS = 9000;
/** Time that an error takes to reach Lambda before the request's deadline; of a short request a fifth at most. */
const MARGIN_MS = 500;
/** How long the end of a process may take to be known once its connection broke. */
const ENDING_MS = 500;

/**
 * Starts the app; resolves once it is ready to serve.
 * @param {{ service: string, bundle: string }} settings
 */
export async function startApp({ service, bundle }) {
  if (!isMainThread) {
    throw new LaconicError(
      "LAC6310",
      "the proxy shim serves one request at a time and does not run on Managed Instances. Switch to another: npx @laconic/cli switch node",
    );
  }
  const measures = Measures.wanted(performance.now());
  const { LACONIC_PROXY_PORT, LACONIC_PROXY_START_MS } = process.env;
  const app = new AppProcess({
    bundle,
    port: Number(LACONIC_PROXY_PORT || 9999),
    startLimitMs: Number(LACONIC_PROXY_START_MS || START_LIMIT_MS),
    count: (name) => measures?.count(service, name),
  });
  await app.running.ready;
  measures?.started();
  let served = 0;
  return (/** @type {string} */ name) =>
    async (/** @type {unknown} */ event, /** @type {LambdaContext} */ context) => {
      const finish = measures?.request(service, name, context);
      if (served++ > 0) measures?.count(service, "ProcessReused");
      /** @type {Exchanged | undefined} */
      let exchanged;
      try {
        exchanged = await serve(app, name, event, context, context.getRemainingTimeInMillis());
        const answer = parsed(exchanged);
        if (exchanged.status !== 200) throw revived(/** @type {Parameters<typeof revived>[0]} */ (answer));
        const { text } = exchanged;
        finish?.({ responseLength: () => Buffer.byteLength(text), more: timesOf(exchanged) });
        return answer;
      } catch (error) {
        const errorType = error instanceof Error ? error.name : "Error";
        finish?.({ responseLength: () => 0, errorType, more: timesOf(exchanged) });
        throw error;
      }
    };
}

/**
 * @typedef {Awaited<ReturnType<typeof exchange>>} Exchanged
 * @param {Exchanged | undefined} exchanged
 */
function timesOf(exchanged) {
  return (
    exchanged && {
      OpenSocketDuration: exchanged.openSocketMs,
      RequestCompleteDuration: exchanged.requestMs,
      ResponseCompleteDuration: exchanged.responseMs,
    }
  );
}

/**
 * @typedef {object} LambdaContext
 * @property {() => number} getRemainingTimeInMillis
 *
 * Sends the request to the process, which is started again when it has ended. What the process may have begun is not sent
 * twice.
 * @param {AppProcess} app @param {string} name @param {unknown} event @param {LambdaContext} context
 * @param {number} remaining
 */
async function serve(app, name, event, context, remaining) {
  const deadline = AbortSignal.timeout(
    Math.max(1, Math.ceil(remaining - Math.min(MARGIN_MS, remaining / 5))),
  );
  const expired = new Promise((_resolve, reject) => {
    deadline.addEventListener("abort", () => reject(timedOut(name, remaining)), { once: true });
  });
  expired.catch(() => {});
  const eventJson = JSON.stringify(event) ?? "null";
  const contextJson = JSON.stringify(fieldsOf(context, remaining));
  for (;;) {
    const running = startedOrExit(app);
    await Promise.race([running.ready, expired]);
    try {
      return await exchange(app.settings.port, name, contextJson, eventJson, deadline);
    } catch (error) {
      if (deadline.aborted) {
        running.kill();
        throw timedOut(name, remaining);
      }
      const ending = await Promise.race([running.ended, pause(ENDING_MS)]);
      // Nobody listened, so nothing has begun: the process had ended before.
      if (/** @type {NodeJS.ErrnoException} */ (error).code === "ECONNREFUSED" && ending) continue;
      throw lost(name, ending, error);
    }
  }
}

/** Gives the sandbox up when the process has ended too often: Lambda replaces a sandbox whose runtime exits. @param {AppProcess} app */
function startedOrExit(app) {
  try {
    return app.running;
  } catch (error) {
    // Not through the client's console, whose lines are no part of the reason that Lambda gives.
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** @param {LambdaContext} context @param {number} remaining */
function fieldsOf(context, remaining) {
  // As JSON, which leaves out the functions of the context.
  const fields = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (context));
  const traceId = fields["xRayTraceId"] ?? process.env["_X_AMZN_TRACE_ID"];
  return { ...fields, deadlineMs: Date.now() + remaining, ...(traceId ? { traceId } : {}) };
}

/** @param {string} name @param {string | void} ending @param {unknown} cause */
function lost(name, ending, cause) {
  if (!ending) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new LaconicError(
      "LAC6307",
      `the app's process gave no whole answer to function "${name}" (${reason}). Another program may listen on its port: ` +
        "set LACONIC_PROXY_PORT to a free one.",
      cause,
    );
  }
  return new LaconicError(
    "LAC6305",
    `the app's process ${ending} while it served function "${name}"; another one serves the next request. What it wrote ` +
      "before is in the log.",
    cause,
  );
}

/** @param {string} name @param {number} limit */
function timedOut(name, limit) {
  const error = new LaconicError(
    "LAC6308",
    `function "${name}" was stopped after ${(limit / 1000).toFixed(3)} s, shortly before its deadline.`,
  );
  error.name = "Timeout";
  return error;
}

/** @param {number} ms @returns {Promise<void>} */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
