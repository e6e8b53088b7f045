import { unsupported } from "./internal/errors.js";
import { constants } from "./http2/constants.js";

export { constants };

export const sensitiveHeaders = Symbol("sensitiveHeaders");

const REASON = "the engine speaks HTTP/1.1; use node:http or fetch";

/** HTTP clients import the module and use it only when they are told to: so it is there, and refuses to be used. */
export function connect(): never {
  throw unsupported("http2.connect", REASON);
}

export function createServer(): never {
  throw unsupported("http2.createServer", REASON);
}

export function createSecureServer(): never {
  throw unsupported("http2.createSecureServer", REASON);
}

export function performServerHandshake(): never {
  throw unsupported("http2.performServerHandshake", REASON);
}

/** Never made here; frameworks ask whether a request is one. */
export function Http2ServerRequest(): never {
  throw unsupported("Http2ServerRequest", REASON);
}

/** As above. */
export function Http2ServerResponse(): never {
  throw unsupported("Http2ServerResponse", REASON);
}

export default {
  connect,
  constants,
  createSecureServer,
  createServer,
  Http2ServerRequest,
  Http2ServerResponse,
  performServerHandshake,
  sensitiveHeaders,
};
