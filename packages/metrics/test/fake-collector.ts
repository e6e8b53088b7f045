import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { listening, stopListening } from "../../../tools/aws/ministack.mjs";
import type { DecodedPoint, Decoder } from "../../../tools/otlp/decoder.mjs";

/** What the server does with a request: whether it stores it, and what the client hears of that. */
export type Behaviour =
  | "stored"
  | "stored, no body"
  | "stored, with a warning"
  | "stored, then reset"
  | "stored, then hang"
  | "stored, half an answer"
  | "stored, an answer without end"
  | "stored, garbage"
  | "stored, then 500"
  | "stored after 10 s"
  | "one rejected"
  | "all rejected"
  | "reset"
  | "hang"
  | "500"
  | "502"
  | "504"
  | "429"
  | "429, later"
  | "503"
  | "401"
  | "404"
  | "expired"
  | "redirect";

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const status = (code: number, headers?: Record<string, string>): Answer => ({
  status: code,
  body: JSON.stringify({ code: 13, message: "as the test asks" }),
  ...(headers && { headers }),
});

const ANSWERS: Partial<Record<Behaviour, Answer>> = {
  stored: { status: 200, body: "{}" },
  "stored after 10 s": { status: 200, body: "{}" },
  "stored, no body": { status: 200, body: "" },
  "stored, with a warning": {
    status: 200,
    body: JSON.stringify({ partialSuccess: { errorMessage: "units change" } }),
  },
  "stored, garbage": { status: 200, headers: { "content-type": "text/html" }, body: "<html>Welcome</html>" },
  "stored, then 500": status(500),
  "500": status(500),
  "502": { status: 502, body: "<html>Bad gateway</html>" },
  "504": { status: 504, body: "" },
  "429": status(429),
  "429, later": status(429, { "retry-after": "60" }),
  "503": { status: 503, body: "not now" },
  "401": status(401),
  "404": { status: 404, body: "404 page not found" },
  expired: {
    status: 403,
    body: JSON.stringify({ __type: "com.amazonaws.cloudwatch#ExpiredTokenException", message: "expired" }),
  },
  redirect: { status: 301, headers: { location: "http://127.0.0.1:1/" }, body: "" },
};

/** A collector: takes OTLP's metrics over a real socket, decodes them, and injects the faults that a test asks for. */
export class FakeCollector {
  readonly stored: DecodedPoint[] = [];
  /** Why requests were not OTLP's. */
  readonly errors: string[] = [];
  readonly urls: string[] = [];
  readonly headers: IncomingMessage["headers"][] = [];
  readonly bodies: Buffer[] = [];
  /** For the requests to come, in order; those after them are stored. */
  behaviours: Behaviour[] = [];
  requests = 0;
  /** Bytes of the largest request, before it was compressed. */
  largest = 0;
  /** How long the one that answers late takes. */
  lateMs = 10_000;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  constructor(private readonly decoder: Decoder) {}

  start(): Promise<string> {
    return listening(this.server);
  }

  stop(): void {
    stopListening(this.server);
  }

  reset(): void {
    this.stored.length = 0;
    this.behaviours = [];
    this.requests = 0;
    this.server.closeAllConnections();
  }

  connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  }

  /** Values of a metric that were alone in their points. */
  values(name: string): number[] {
    const points = this.stored.filter((point) => point.name === name);
    if (points.some(({ count }) => count !== 1)) throw new Error(`${name} has points of several values`);
    return points.map(({ sum }) => sum);
  }

  /** Values of a metric, added up. */
  sum(name: string): number {
    return this.stored.filter((point) => point.name === name).reduce((all, { sum }) => all + sum, 0);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.requests++;
    this.urls.push(`${request.method} ${request.url}`);
    this.headers.push(request.headers);
    const behaviour = this.behaviours.shift() ?? "stored";
    const sent = Buffer.concat(chunks);
    this.bodies.push(sent);
    const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
    this.largest = Math.max(this.largest, body.length);
    try {
      const points = await this.decoder.decode(body.toString());
      if (behaviour.startsWith("stored")) this.stored.push(...points);
      if (behaviour === "one rejected") this.stored.push(...points.slice(1));
      this.answer(behaviour, points.length, response);
    } catch (error) {
      this.errors.push(String(error));
      response.writeHead(400).end();
    }
  }

  private answer(behaviour: Behaviour, points: number, response: ServerResponse): void {
    const answer = behaviour.endsWith("rejected") ? rejection(behaviour, points) : ANSWERS[behaviour];
    const type = { "content-type": "application/json" };
    if (answer !== undefined) {
      const send = () => response.writeHead(answer.status, { ...type, ...answer.headers }).end(answer.body);
      if (behaviour.endsWith("s")) setTimeout(send, this.lateMs);
      else send();
    } else if (behaviour.endsWith("reset")) response.socket!.resetAndDestroy();
    else if (behaviour.endsWith("half an answer")) {
      response
        .writeHead(200, { ...type, "content-length": 100 })
        .write("{", () => response.socket!.destroy());
    } else if (behaviour.endsWith("without end")) drip(response.writeHead(200, type));
  }
}

function rejection(behaviour: Behaviour, points: number): Answer {
  const rejectedDataPoints = String(behaviour === "one rejected" ? 1 : points);
  return {
    status: 200,
    body: JSON.stringify({ partialSuccess: { rejectedDataPoints, errorMessage: "too old" } }),
  };
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(" "), 5);
  response.on("close", () => clearInterval(timer));
}
