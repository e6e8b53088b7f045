import { existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { http, lambda, main as laconicMain } from "@laconic/runtime/library";

/** These functions do not end before somebody who has seen their first byte makes this file. */
const released = process.env["RELEASE_FILE"];

async function pause(): Promise<void> {
  while (released !== undefined && !existsSync(released)) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const bytes = (text: string) => new TextEncoder().encode(text);

const streaming = true;

// Through the response object.
const written = lambda(
  "written",
  async (_event, _context, response) => {
    response.setHeader("content-type", "text/plain");
    response.write("first ");
    await pause();
    response.end("last");
  },
  { streaming },
);

// A stream that a plain handler returns.
const returned = lambda(
  "returned",
  () =>
    new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(bytes("first "));
        await pause();
        controller.enqueue(bytes("last"));
        controller.close();
      },
    }),
  { streaming },
);

// The body of a fetch app's response.
const fetched = http(
  "fetched",
  (request: Request) => {
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(bytes("first "));
        await pause();
        controller.enqueue(bytes(new URL(request.url).pathname));
        controller.close();
      },
    });
    return new Response(body, { status: 201, headers: { "content-type": "text/plain", "x-one": "1" } });
  },
  { streaming },
);

// A Node listener.
const listened = http(
  "listened",
  (request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(202, { "content-type": "text/plain", "set-cookie": ["a=1", "b=2"] });
    response.write("first ");
    void pause().then(() => response.end(request.url));
  },
  { streaming },
);

// Fails once its head and some bytes are out.
const broken = lambda(
  "broken",
  async (_event, _context, response) => {
    response.setHeader("content-type", "text/plain");
    response.write("some");
    await pause();
    throw new TypeError("no more");
  },
  { streaming },
);

// Registered as one that streams, and answers with one value.
const whole = lambda("whole", (event: { n: number }) => ({ n: event.n + 1 }), { streaming });

function main() {
  return laconicMain("Streams", "Sends answers while they are written", [
    written,
    returned,
    fetched,
    listened,
    broken,
    whole,
  ]);
}

main();
