import type { ServerResponse } from "node:http";

/** Lambda's limit for a synchronous payload: 6 MiB and 100 bytes (aws-lambda-runtime-interface-emulator). */
export const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024 + 100;

/** Lambda's limit for a response that is sent in pieces: 200 MiB. */
export const MAX_STREAMED_BYTES = 200 * 1024 * 1024;

export function reply(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

export function accepted(response: ServerResponse): void {
  reply(response, 202, { status: "OK" });
}

export function invalidRequestId(response: ServerResponse): void {
  reply(response, 400, { errorMessage: "Invalid request ID", errorType: "InvalidRequestID" });
}

export function invalidTransition(response: ServerResponse, from: string, to: string): void {
  const errorMessage = `State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed`;
  reply(response, 403, { errorMessage, errorType: "InvalidStateTransition" });
}

export function payloadTooLarge(response: ServerResponse): void {
  const errorMessage = `Exceeded maximum allowed payload size (${MAX_PAYLOAD_BYTES} bytes).`;
  reply(response, 413, { errorMessage, errorType: "RequestEntityTooLarge" });
}

export function notFound(response: ServerResponse): void {
  response.writeHead(404, { "content-type": "text/plain" });
  response.end("404 page not found\n");
}

export function methodNotAllowed(response: ServerResponse): void {
  response.writeHead(405);
  response.end();
}
