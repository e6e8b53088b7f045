import { readConfiguration, SecureContext as EngineContext } from "laconic:sockets";
import { Buffer } from "../buffer.js";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError, unsupported } from "../internal/errors.js";
import process from "../process/node-process.js";

const VERSIONS = ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];
export const defaults = { minVersion: "TLSv1.2", maxVersion: "TLSv1.3" };

/** `tls.createSecureContext`'s result: trust, an own certificate, and the sessions that can be resumed. */
export class SecureContext {
  readonly context: EngineContext;

  constructor(options: Any = {}) {
    if (options.pfx) {
      throw unsupported(
        "The TLS option pfx",
        "give cert and key as PEM (openssl pkcs12 -in file.pfx -nodes)",
      );
    }
    const min = versionIndex(options.minVersion ?? defaults.minVersion);
    const max = versionIndex(options.maxVersion ?? defaults.maxVersion);
    if (min > max)
      throw nodeError(
        TypeError,
        "ERR_TLS_INVALID_PROTOCOL_VERSION",
        `${options.maxVersion} is lower than the minimum`,
      );
    if (max < VERSIONS.indexOf("TLSv1.2")) {
      throw unsupported(`TLS up to ${options.maxVersion}`, "the engine speaks TLS 1.2 and 1.3");
    }
    this.context = new EngineContext({
      ca: options.ca == null ? undefined : list(options.ca, "options.ca"),
      extraCa: options.ca == null ? extraAuthorities() : undefined,
      cert: options.cert == null ? undefined : concat(list(options.cert, "options.cert")),
      key: options.key == null ? undefined : list(options.key, "options.key")[0],
      tls12: min <= VERSIONS.indexOf("TLSv1.2"),
      tls13: max >= VERSIONS.indexOf("TLSv1.3"),
    });
  }
}

export function createSecureContext(options?: Any): SecureContext {
  return new SecureContext(options);
}

const RELEVANT = ["ca", "cert", "key", "pfx", "minVersion", "maxVersion"] as const;
/** Reading trust anchors costs, and sessions are resumed within one context only: equal options share one. */
const shared: { readonly options: Any; readonly context: SecureContext }[] = [];
const MOST_SHARED = 16;

export function contextFor(options: Any): SecureContext {
  const found = shared.find((entry) => RELEVANT.every((name) => entry.options[name] === options[name]));
  if (found) return found.context;
  const context = new SecureContext(options);
  shared.unshift({ options: Object.fromEntries(RELEVANT.map((name) => [name, options[name]])), context });
  shared.length = Math.min(shared.length, MOST_SHARED);
  return context;
}

function versionIndex(version: unknown): number {
  const index = VERSIONS.indexOf(version as string);
  if (index < 0) {
    throw nodeError(
      TypeError,
      "ERR_TLS_INVALID_PROTOCOL_VERSION",
      `"${version as string}" is not a valid TLS protocol version`,
    );
  }
  return index;
}

/** One or several, each text or bytes, or for keys `{ pem, passphrase }`. */
function list(value: Any, name: string): Uint8Array[] {
  const all = Array.isArray(value) ? value.flat() : [value];
  return all.filter((one) => one != null && one !== false).map((one) => bytes(one?.pem ?? one, name));
}

function bytes(value: Any, name: string): Uint8Array {
  if (typeof value === "string") return Buffer.from(value);
  if (ArrayBuffer.isView(value))
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength) as Uint8Array;
  throw invalidArgType(name, ["string", "Buffer", "TypedArray", "DataView"], value);
}

function concat(parts: Uint8Array[]): Uint8Array {
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")]));
}

/** The file that NODE_EXTRA_CA_CERTS names, as in Node; one that cannot be read is warned of. */
function extraAuthorities(): Uint8Array[] | undefined {
  const path = process.env["NODE_EXTRA_CA_CERTS"];
  if (!path) return undefined;
  const file = readConfiguration(path);
  if (file !== undefined) return [file];
  process.emitWarning(`Ignoring extra certs from \`${path}\`, load failed: it cannot be read`);
  return undefined;
}
