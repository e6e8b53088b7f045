import { randomBytes, randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { InvokeEvent } from "./extensions-api.js";
import { type InvokeOptions, type Outcome, type OutcomeKind, errorPayload } from "./invocation.js";

const DEFAULT_TIMEOUT_MS = 3000;
const DEFAULT_ARN = "arn:aws:lambda:us-east-1:123456789012:function:laconic";

/** One invocation on its way through the emulator: waiting, taken by the runtime, ended. */
export class QueuedInvocation {
  readonly requestId: string;
  readonly timeoutMs: number;
  readonly outcome: Promise<Outcome>;
  #settle!: (outcome: Outcome) => void;
  #takenAt: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #ended = false;
  readonly #traceId: string;
  /** Milliseconds since the epoch; set when the runtime takes the invocation. */
  #deadlineMs = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly options: InvokeOptions,
  ) {
    this.requestId = options.requestId ?? randomUUID();
    this.timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#traceId = options.traceId ?? freshTraceId();
    this.outcome = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** The INVOKE event for extensions. */
  get event(): InvokeEvent {
    const { arn = DEFAULT_ARN } = this.options;
    const deadlineMs = this.#deadlineMs;
    return { requestId: this.requestId, deadlineMs, invokedFunctionArn: arn, traceId: this.#traceId };
  }

  /** Answer the runtime's GET next with this invocation; `onTimeout` follows if no answer comes in time. */
  hand(response: ServerResponse, onTimeout: () => void): void {
    this.#deadlineMs = this.options.deadlineMs ?? Date.now() + this.timeoutMs;
    response.writeHead(200, this.#headers());
    this.#takenAt = performance.now();
    response.end(this.bytes);
    this.#timer = setTimeout(() => {
      this.timeout();
      onTimeout();
    }, this.timeoutMs);
  }

  /** The first byte of the answer has arrived. */
  begun(): void {
    this.options.onFirstByte?.();
  }

  /** Lambda's own report of a function that took too long. */
  timeout(): void {
    const seconds = (this.timeoutMs / 1000).toFixed(2);
    this.fail("timeout", "Sandbox.Timedout", `Error: Task timed out after ${seconds} seconds`);
  }

  fail(kind: Exclude<OutcomeKind, "response">, errorType: string, message: string): void {
    this.end(kind, errorPayload(errorType, `RequestId: ${this.requestId} ${message}`), "application/json");
  }

  /** Only the first ending counts: a process killed for its timeout also exits. */
  end(kind: OutcomeKind, payload: Buffer, contentType: string | undefined, partial?: Buffer): void {
    if (this.#ended) return;
    this.#ended = true;
    clearTimeout(this.#timer);
    const completedAt = performance.now();
    const durationMs = this.#takenAt === undefined ? 0 : completedAt - this.#takenAt;
    const { requestId } = this;
    this.#settle({
      ...{ kind, requestId, payload, contentType, durationMs, completedAt },
      ...(partial && { partial }),
    });
  }

  #headers(): Record<string, string> {
    const { clientContext, identity, arn, tenantId } = this.options;
    return {
      "Content-Type": "application/json",
      "Content-Length": String(this.bytes.length),
      "Lambda-Runtime-Aws-Request-Id": this.requestId,
      "Lambda-Runtime-Deadline-Ms": String(this.#deadlineMs),
      "Lambda-Runtime-Invoked-Function-Arn": arn ?? DEFAULT_ARN,
      "Lambda-Runtime-Trace-Id": this.#traceId,
      ...(clientContext === undefined ? {} : { "Lambda-Runtime-Client-Context": headerJson(clientContext) }),
      ...(identity === undefined ? {} : { "Lambda-Runtime-Cognito-Identity": headerJson(identity) }),
      ...(tenantId === undefined ? {} : { "Lambda-Runtime-Aws-Tenant-Id": tenantId }),
    };
  }
}

/** JSON in ASCII, because header values hold nothing else. */
function headerJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function freshTraceId(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${seconds}-${randomBytes(12).toString("hex")};Parent=${randomBytes(8).toString("hex")};Sampled=0`;
}
