// The node shim: handlers for AWS's Node runtime client that call the app in the same process.
import { reported } from "./laconic-errors.mjs";
import { openRequest } from "./laconic-open-requests.mjs";
import "./laconic-servers.mjs";
import { registered } from "./laconic-service.mjs";

/**
 * The handler of a function whose result is one value.
 * @param {string} name
 */
export function handlerOf(name) {
  const handle = registered().service.handler(name);
  return async (/** @type {unknown} */ event, /** @type {object} */ context) => {
    try {
      return await openRequest(name, () => handle(event, context));
    } catch (error) {
      throw reported(error);
    }
  };
}

/**
 * The handler of a function whose answer is sent while it is written.
 * @param {string} name
 */
export function streamingHandlerOf(name) {
  const handle = registered().service.streamingHandler(name);
  return awslambda.streamifyResponse(async (event, stream, context) => {
    try {
      await openRequest(name, () => handle(event, context, sinkTo(stream)));
    } catch (error) {
      throw reported(error);
    }
    stream.end();
  });
}

/**
 * What the dispatcher writes to: a promise asks it to wait until Lambda has taken what is there.
 * @param {ResponseStream} stream
 */
function sinkTo(stream) {
  return {
    begin: (/** @type {string} */ contentType) => stream.setContentType(contentType),
    write(/** @type {string | Uint8Array} */ chunk) {
      if (chunk.length === 0 || stream.write(chunk)) return undefined;
      return new Promise((resolve, reject) => {
        stream.once("drain", resolve);
        // Nobody takes the rest: the function is to hear of it.
        stream.once("error", reject);
      });
    },
  };
}
