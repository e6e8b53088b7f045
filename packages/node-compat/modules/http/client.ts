import type { Any, AnyFunction } from "../internal/any.js";
import { ClientRequest } from "./client/client-request.js";

export { Agent, agents } from "./client/agent.js";
export { ClientRequest };

/** `http.request` */
export function request(input: Any, options?: Any, callback?: AnyFunction): Any {
  return new ClientRequest(input, options, callback);
}

/** `http.get`: a request without a body, sent at once. */
export function get(input: Any, options?: Any, callback?: AnyFunction): Any {
  const req: Any = request(input, options, callback);
  req.end();
  return req;
}
