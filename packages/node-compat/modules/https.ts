import { Server as HttpServer } from "./http/server.js";
import { agents } from "./http/client/agent.js";
import { ClientRequest } from "./http/client/client-request.js";
import { Agent } from "./http/client/https-agent.js";
import { normalizeRequest } from "./http/client/request-options.js";
import type { Any, AnyFunction } from "./internal/any.js";

/** As that of http: TLS ends before the library. Another class, because apps tell the two apart. */
export function Server(this: Any, options?: Any, listener?: Any): Any {
  if (!(this instanceof Server)) return new (Server as Any)(options, listener);
  return (HttpServer as Any).call(this, options, listener);
}
Object.setPrototypeOf(Server.prototype, HttpServer.prototype);
Object.setPrototypeOf(Server, HttpServer);

export function createServer(options?: Any, listener?: Any): Any {
  return new (Server as Any)(options, listener);
}

export { Agent };

const start = {
  /** Agents for proxies look for this name in the stack to find out whether a request is one for HTTPS. */
  "node:https:request"(options: Any, listener: Any): Any {
    return new ClientRequest({ ...options, _defaultAgent: agents.https }, listener);
  },
};

/** `https.request` */
export function request(input: Any, given?: Any, callback?: AnyFunction): Any {
  const [options, listener] = normalizeRequest(input, given, callback);
  return start["node:https:request"](options, listener);
}

/** `https.get`: a request without a body, sent at once. */
export function get(input: Any, options?: Any, callback?: AnyFunction): Any {
  const req = request(input, options, callback);
  req.end();
  return req;
}

export const globalAgent = agents.https;

export default {
  Agent,
  createServer,
  get,
  get globalAgent() {
    return agents.https;
  },
  set globalAgent(agent: Any) {
    agents.https = agent;
  },
  request,
  Server,
};
