import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { listening, stopListening } from "../../../tools/aws/ministack.mjs";

/** What may go wrong with a call. */
export type Fault =
  /** Nothing: somebody only wants to know of it. */
  | "none"
  /** The connection drops before AWS hears of it. */
  | "dropped"
  /** AWS does it, and the answer is lost. */
  | "lost"
  | "throttled"
  | "failed"
  | "denied"
  | "expired";

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const REFUSALS: Readonly<Record<Exclude<Fault, "none" | "dropped" | "lost">, Refusal>> = {
  throttled: { status: 400, code: "Throttling", message: "Rate exceeded" },
  failed: { status: 500, code: "InternalFailure", message: "We encountered an internal error" },
  denied: { status: 403, code: "AccessDenied", message: "User is not authorized to perform this action" },
  expired: {
    status: 400,
    code: "ExpiredToken",
    message: "The security token included in the request is expired",
  },
};

/** Stands between a client and AWS, and lets one call go wrong. */
export class FaultProxy {
  /** Calls since the last `arm`. */
  calls = 0;
  private at = Infinity;
  private fault: Fault = "dropped";
  private onFault: () => void = () => undefined;
  private readonly server: Server;

  constructor(private readonly target: string) {
    this.server = createServer((incoming, outgoing) => this.serve(incoming, outgoing));
  }

  start(): Promise<string> {
    return listening(this.server);
  }

  stop(): void {
    stopListening(this.server);
  }

  /** The call of this number, from 1, goes wrong; `Infinity` lets all pass. */
  arm(at: number, fault: Fault = "dropped", onFault: () => void = () => undefined): void {
    Object.assign(this, { at, fault, onFault, calls: 0 });
  }

  private serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
    this.calls++;
    const isFaulty = this.calls === this.at;
    if (isFaulty) this.onFault();
    if (!isFaulty || this.fault === "none") return this.forward(incoming, outgoing, false);
    if (this.fault === "dropped") return void incoming.socket.destroy();
    if (this.fault === "lost") return this.forward(incoming, outgoing, true);
    incoming
      .resume()
      .once("end", () => refuse(incoming, outgoing, REFUSALS[this.fault as keyof typeof REFUSALS]));
  }

  private forward(incoming: IncomingMessage, outgoing: ServerResponse, isLost: boolean): void {
    const { host, hostname, port } = new URL(this.target);
    const onward = request(
      {
        hostname,
        port,
        method: incoming.method,
        path: incoming.url,
        headers: { ...incoming.headers, host },
        agent: false,
      },
      (answer) => {
        if (isLost) return void answer.resume().once("end", () => incoming.socket.destroy());
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.once("error", () => incoming.socket.destroy());
    incoming.pipe(onward);
  }
}

/** In the form of the service's protocol: JSON where the client asks for it, else XML. */
function refuse({ headers, method }: IncomingMessage, outgoing: ServerResponse, refusal: Refusal): void {
  const { status, code, message } = refusal;
  if (headers["x-amz-target"]) {
    outgoing.writeHead(status, { "content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code });
    outgoing.end(JSON.stringify({ __type: code, message }));
    return;
  }
  const isQuery = headers["content-type"]?.includes("x-www-form-urlencoded");
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  outgoing.writeHead(status, { "content-type": "text/xml" });
  outgoing.end(
    method === "HEAD"
      ? undefined
      : isQuery
        ? `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`
        : error,
  );
}
