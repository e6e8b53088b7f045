import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { gunzipSync } from "node:zlib";
import { listening, stopListening } from "./ministack.mjs";

/** What the server does with a request: whether it stores it, and what the client hears of that. */
export type Behaviour =
  | "stored"
  | "stored, then reset"
  | "stored, then hang"
  | "stored, half an answer"
  | "stored, an answer without end"
  | "stored, then 500"
  | "reset"
  | "hang"
  | "500"
  | "502 of a proxy"
  | "429"
  | "429, later"
  | "Throttling"
  | "503"
  | "403"
  | "expired"
  | "400";

interface Datum {
  readonly MetricName: string;
  readonly Values: readonly number[];
  readonly Counts: readonly number[];
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

const refusal = (status: number, name: string): Refusal => ({
  status,
  body: JSON.stringify({ __type: `com.amazonaws.cloudwatch#${name}`, message: "as the test asks" }),
});

const REFUSALS: Partial<Record<Behaviour, Refusal>> = {
  "500": refusal(500, "InternalServiceFault"),
  "stored, then 500": refusal(500, "InternalServiceFault"),
  "502 of a proxy": { status: 502, body: "<html>Bad gateway</html>" },
  "429": refusal(429, "TooManyRequestsException"),
  "429, later": { ...refusal(429, "TooManyRequestsException"), headers: { "retry-after": "60" } },
  Throttling: refusal(400, "ThrottlingException"),
  "503": { status: 503, body: "not now" },
  "403": refusal(403, "AccessDeniedException"),
  expired: refusal(400, "ExpiredTokenException"),
  "400": refusal(400, "InvalidParameterValueException"),
};

/** Serves PutMetricData to the real SDK over a real socket, and injects the faults that a test asks for. */
export class FakeCloudWatch {
  readonly stored: Datum[] = [];
  /** For the requests to come, in order; those after them are stored. */
  behaviours: Behaviour[] = [];
  requests = 0;
  gzipped = 0;
  largest = 0;
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));

  start(): Promise<string> {
    return listening(this.server);
  }

  stop(): void {
    stopListening(this.server);
  }

  reset(): void {
    this.stored.length = 0;
    this.behaviours = [];
    Object.assign(this, { requests: 0, gzipped: 0, largest: 0 });
    this.server.closeAllConnections();
  }

  connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  }

  /** Every value of a metric, repeated ones as often as they were stored. */
  values(name: string): number[] {
    return this.stored
      .filter(({ MetricName }) => MetricName === name)
      .flatMap(({ Values, Counts }) => Values.flatMap((value, at) => Array<number>(Counts[at]!).fill(value)));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.requests++;
    const behaviour = this.behaviours.shift() ?? "stored";
    const isGzipped = request.headers["content-encoding"] === "gzip";
    if (isGzipped) this.gzipped++;
    const body = isGzipped ? gunzipSync(Buffer.concat(chunks)) : Buffer.concat(chunks);
    this.largest = Math.max(this.largest, body.length);
    if (behaviour.startsWith("stored")) {
      this.stored.push(...(JSON.parse(body.toString()) as { MetricData: Datum[] }).MetricData);
    }
    this.answer(behaviour, response);
  }

  private answer(behaviour: Behaviour, response: ServerResponse): void {
    const refused = REFUSALS[behaviour];
    const type = { "content-type": "application/x-amz-json-1.0" };
    if (refused !== undefined)
      response.writeHead(refused.status, { ...type, ...refused.headers }).end(refused.body);
    else if (behaviour.endsWith("reset")) response.socket!.resetAndDestroy();
    else if (behaviour.endsWith("hang")) return;
    else if (behaviour.endsWith("half an answer")) {
      response
        .writeHead(200, { ...type, "content-length": 100 })
        .write("{", () => response.socket!.destroy());
    } else if (behaviour.endsWith("without end")) drip(response.writeHead(200, type));
    else response.writeHead(200, type).end("{}");
  }
}

function drip(response: ServerResponse): void {
  const timer = setInterval(() => response.write(" "), 5);
  response.on("close", () => clearInterval(timer));
}
