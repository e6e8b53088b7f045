import type { Any } from "../../internal/any.js";
import * as tls from "../../tls.js";
import { Agent as HttpAgent, agents } from "./agent.js";
import { adopting, callable } from "../../internal/callable.js";

/** What makes two TLS connections differ, in the order of Node's names for them. */
const TLS_OPTIONS = [
  "ca",
  "cert",
  "clientCertEngine",
  "ciphers",
  "key",
  "pfx",
  "rejectUnauthorized",
  "servername",
  "minVersion",
  "maxVersion",
  "secureProtocol",
  "crl",
  "honorCipherOrder",
  "ecdhCurve",
  "dhparam",
  "secureOptions",
  "sessionIdContext",
  "sigalgs",
  "privateKeyIdentifier",
  "privateKeyEngine",
] as const;

/** `https.Agent` */
class AgentClass extends /* @__PURE__ */ adopting(HttpAgent) {
  declare maxCachedSessions: number;

  constructor(options?: Any) {
    super(options);
    this.defaultPort = 443;
    this.protocol = "https:";
    this.maxCachedSessions = this.options.maxCachedSessions ?? 100;
  }

  createConnection(...args: Any[]): Any {
    // `(port, host, options)` as well as `(options)`, as Node's has it.
    const [first, second, third] = args;
    const options =
      typeof first === "object" && first !== null ? { ...first } : { ...third, port: first, host: second };
    // The name for a session in a cache; no option of a connection.
    delete options._agentKey;
    return tls.connect(options);
  }

  getName(options: Any = {}): string {
    const parts = TLS_OPTIONS.map((name) => {
      const value = options[name];
      if (name === "servername" && value === options.host) return "";
      return value === undefined || value === null || value === false
        ? value === false
          ? "false"
          : ""
        : String(value);
    });
    return `${super.getName(options)}:${parts.join(":")}`;
  }
}

export const Agent = /* @__PURE__ */ callable("Agent", AgentClass);
export type Agent = AgentClass;

export const globalAgent = new Agent({ keepAlive: true, scheduling: "lifo", timeout: 5000 });
agents.https = globalAgent;
