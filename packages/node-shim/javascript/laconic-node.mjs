// The node shim: handlers for AWS's Node runtime client that call the app in the same process.
import { reported } from "./laconic-errors.mjs";
import { Measures } from "./laconic-measures.mjs";
import { openRequest } from "./laconic-open-requests.mjs";
import "./laconic-servers.mjs";
import { registered } from "./laconic-service.mjs";

const measures = Measures.wanted(performance.now());

/**
 * The handler of a function whose result is one value.
 * @param {string} name
 */
export function handlerOf(name) {
  const { service } = registered();
  const handle = service.handler(name);
  measures?.started();
  return async (/** @type {unknown} */ event, /** @type {object} */ context) => {
    const finish = measures?.request(service.name, name, context);
    try {
      const result = await openRequest(name, () => handle(event, context));
      finish?.({ responseLength: () => Buffer.byteLength(JSON.stringify(result) ?? "null") });
      return result;
    } catch (error) {
      throw failed(error, finish);
    }
  };
}

/**
 * The handler of a function whose answer is sent while it is written.
 * @param {string} name
 */
export function streamingHandlerOf(name) {
  const { service } = registered();
  const handle = service.streamingHandler(name);
  measures?.started();
  return awslambda.streamifyResponse(async (event, stream, context) => {
    const finish = measures?.request(service.name, name, context);
    const sink = sinkTo(stream);
    try {
      await openRequest(name, () => handle(event, context, sink));
    } catch (error) {
      throw failed(error, finish);
    }
    finish?.({ responseLength: () => sink.bytes });
    stream.end();
  });
}

/** @param {unknown} error @param {import("./laconic-measures.mjs").Finish | undefined} finish */
function failed(error, finish) {
  const told = reported(error);
  finish?.({ responseLength: () => 0, errorType: told.name });
  return told;
}

/**
 * What the dispatcher writes to: a promise asks it to wait until Lambda has taken what is there.
 * @param {ResponseStream} stream
 */
function sinkTo(stream) {
  return {
    bytes: 0,
    begin: (/** @type {string} */ contentType) => stream.setContentType(contentType),
    write(/** @type {string | Uint8Array} */ chunk) {
      this.bytes += Buffer.byteLength(chunk);
      if (chunk.length === 0 || stream.write(chunk)) return undefined;
      return new Promise((resolve, reject) => {
        stream.once("drain", resolve);
        // Nobody takes the rest: the function is to hear of it.
        stream.once("error", reject);
      });
    },
  };
}
