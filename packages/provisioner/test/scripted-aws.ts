import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { accountAt, listening, stopListening } from "../../../tools/aws/ministack.mjs";

/** One request of CloudFormation or STS. */
export interface Call {
  readonly action: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** An error as AWS sends it. */
export class Refused extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

type Answer = (call: Call) => object;

/**
 * CloudFormation by a script: for states that no emulator gets into, and for what only AWS itself says. Actions without a
 * script are refused, so that a test says all that it needs.
 */
export class ScriptedAws {
  readonly calls: Call[] = [];
  private readonly server: Server;

  constructor(private readonly script: Readonly<Record<string, Answer>>) {
    this.server = createServer((incoming, outgoing) => {
      void text(incoming).then((body) => {
        const { Action: action = "", ...parameters } = Object.fromEntries(new URLSearchParams(body));
        const { status, xml } = this.answer({ action, parameters });
        outgoing.writeHead(status, { "content-type": "text/xml" }).end(xml);
      });
    });
  }

  /** Starts and points the SDK here. */
  async start(): Promise<void> {
    Object.assign(process.env, accountAt(await listening(this.server)));
  }

  stop(): void {
    stopListening(this.server);
  }

  actions(): string[] {
    return this.calls.map(({ action }) => action);
  }

  /** The parameters of the calls of one action. */
  of(action: string): Readonly<Record<string, string>>[] {
    return this.calls.filter((call) => call.action === action).map(({ parameters }) => parameters);
  }

  private answer(call: Call): { status: number; xml: string } {
    this.calls.push(call);
    try {
      const script = this.script[call.action];
      if (!script) throw new Refused("InvalidAction", `${call.action} is not in the script`);
      const result = `<${call.action}Result>${toXml(script(call))}</${call.action}Result>`;
      return { status: 200, xml: `<${call.action}Response>${result}</${call.action}Response>` };
    } catch (error) {
      const { code, message, status } = error as Refused;
      const xml = `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
      return { status: status ?? 500, xml };
    }
  }
}

function toXml(value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => `<member>${toXml(one)}</member>`).join("");
  if (typeof value !== "object" || value === null)
    return String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return Object.entries(value)
    .map(([name, inner]) => `<${name}>${toXml(inner)}</${name}>`)
    .join("");
}
