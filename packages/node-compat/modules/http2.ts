import type { Any } from "./internal/any.js";
import { unsupported } from "./internal/errors.js";
import { makeConstants } from "./http2/constants.js";

function refuse(what: string): never {
  throw unsupported(
    `http2.${what}()`,
    "it opens no HTTP/2 connections; the function's URL or gateway speaks HTTP/2 to its clients",
  );
}

export const createServer = (): Any => refuse("createServer");
export const createSecureServer = (): Any => refuse("createSecureServer");
export const connect = (): Any => refuse("connect");
export const performServerHandshake = (): Any => refuse("performServerHandshake");
export const getDefaultSettings = (): Any => ({
  headerTableSize: 4096,
  enablePush: true,
  initialWindowSize: 65_535,
  maxFrameSize: 16_384,
  maxConcurrentStreams: 4_294_967_295,
  maxHeaderListSize: 65_535,
  maxHeaderSize: 65_535,
  enableConnectProtocol: false,
});
export const getPackedSettings = (): Any => refuse("getPackedSettings");
export const getUnpackedSettings = (): Any => refuse("getUnpackedSettings");
export const sensitiveHeaders = Symbol("sensitiveHeaders");

/** Never made: a request is asked whether it is one of these. */
export function Http2ServerRequest(): never {
  return refuse("Http2ServerRequest");
}
export function Http2ServerResponse(): never {
  return refuse("Http2ServerResponse");
}

let made: Any;

export const constants: Any = /* @__PURE__ */ makeConstants();

const http2 = {
  connect,
  createServer,
  createSecureServer,
  getDefaultSettings,
  getPackedSettings,
  getUnpackedSettings,
  performServerHandshake,
  sensitiveHeaders,
  Http2ServerRequest,
  Http2ServerResponse,
};
Object.defineProperty(http2, "constants", {
  get: () => (made ??= makeConstants()),
  enumerable: true,
  configurable: true,
});
export default http2;
