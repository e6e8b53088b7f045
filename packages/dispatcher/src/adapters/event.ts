import type { Context } from "aws-lambda";
import { promiseOf, type Adapter } from "../function.js";
import { decodeUtf8, toBase64 } from "../http/body.js";
import { resultToJson } from "../json.js";
import { piecesOf, sendPieces, sendWhole } from "../streaming.js";

/** A plain Lambda handler: what it returns (or resolves to) is the result. */
export type EventHandler = (event: unknown, context: Context) => unknown;

/** @param streams whether its result may be a stream; a host that takes results whole gets its bytes as text, or in base64 */
export function eventAdapter(functionName: string, handler: EventHandler, streams = false): Adapter {
  return {
    kind: "event",
    call(event, context, finish) {
      const result = handler(event, context);
      const promise = promiseOf(result);
      if (streams) return Promise.resolve(result).then(collected).then(finish);
      return promise ? promise.then(finish) : finish(result);
    },
    async stream(event, context, sink) {
      const result = await handler(event, context);
      const pieces = piecesOf(result);
      if (pieces === undefined) return sendWhole(sink, resultToJson(functionName, result));
      sink.begin("application/octet-stream");
      return sendPieces(sink, pieces);
    },
    toJson: (result) => resultToJson(functionName, result),
    toValue(result) {
      // Lambda's Node runtime makes the JSON itself; made here too, a result it cannot hold gives the same error in both.
      resultToJson(functionName, result);
      return result ?? null;
    },
  };
}

/** A result without the streams of it. */
async function collected(result: unknown): Promise<unknown> {
  const pieces = piecesOf(result);
  if (pieces === undefined) return result;
  const chunks: Uint8Array[] = [];
  for await (const piece of pieces) chunks.push(typeof piece === "string" ? Buffer.from(piece) : piece);
  const bytes = Buffer.concat(chunks);
  return decodeUtf8(bytes) ?? toBase64(bytes);
}
