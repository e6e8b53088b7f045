import { Buffer } from "./buffer.js";
import type { Any } from "./internal/any.js";
import { unsupported } from "./internal/errors.js";
import { normalizeArgs } from "./net/options.js";
import { createSecureContext, SecureContext, defaults } from "./tls/context.js";
import { checkServerIdentity } from "./tls/identity.js";
import { TLSSocket } from "./tls/socket.js";

export { checkServerIdentity, createSecureContext, SecureContext, TLSSocket };

export const CLIENT_RENEG_LIMIT = 3;
export const CLIENT_RENEG_WINDOW = 600;
export const DEFAULT_ECDH_CURVE = "auto";
export const DEFAULT_MIN_VERSION = defaults.minVersion;
export const DEFAULT_MAX_VERSION = defaults.maxVersion;

/** What the engine speaks, by OpenSSL's names, best first. */
const ciphers = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_AES_128_GCM_SHA256",
  "TLS_CHACHA20_POLY1305_SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-RSA-CHACHA20-POLY1305",
];
export const DEFAULT_CIPHERS = ciphers.join(":");

/** `tls.connect(options)`, `(port, host, options)` and `(path, options)`, each with a callback at the end. */
export function connect(...args: Any[]): TLSSocket {
  const [given, listener] = normalizeArgs(args);
  const extra = args.find(
    (argument, index) => index > 0 && typeof argument === "object" && argument !== null,
  );
  const options = { ...given, ...extra };
  const socket: Any = new TLSSocket(options.socket, { ...options, signal: undefined });
  if (listener) socket.once("secureConnect", listener);
  if (options.socket) {
    if (options.timeout) socket.setTimeout(options.timeout);
    socket._start();
    return socket;
  }
  return socket._connect(options, null);
}

export function getCiphers(): string[] {
  return ciphers.map((name) => name.toLowerCase());
}

/** Puts the extension's bytes into `out.ALPNProtocols`. */
export function convertALPNProtocols(protocols: Any, out: Any): void {
  if (Array.isArray(protocols)) {
    out.ALPNProtocols = Buffer.concat(
      protocols.map((name) => Buffer.concat([Buffer.from([name.length]), Buffer.from(name)])),
    );
  } else if (ArrayBuffer.isView(protocols)) {
    out.ALPNProtocols = Buffer.from(protocols as Uint8Array);
  }
}

export function createServer(): never {
  throw unsupported("tls.createServer", "the library answers requests in process and opens no port");
}

export function Server(): never {
  return createServer();
}

export default {
  checkServerIdentity,
  CLIENT_RENEG_LIMIT,
  CLIENT_RENEG_WINDOW,
  connect,
  convertALPNProtocols,
  createSecureContext,
  createServer,
  DEFAULT_CIPHERS,
  DEFAULT_ECDH_CURVE,
  DEFAULT_MAX_VERSION,
  DEFAULT_MIN_VERSION,
  getCiphers,
  SecureContext,
  Server,
  TLSSocket,
};
