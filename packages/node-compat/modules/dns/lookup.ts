import {
  close,
  lookup as startLookup,
  lookupService as startService,
  type SocketEvent,
} from "laconic:sockets";
import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType, invalidArgValue } from "../internal/errors.js";
import {
  validateBoolean,
  validateFunction,
  validateNumber,
  validateOneOf,
  validateString,
} from "../internal/validate.js";
import { bindContext } from "../net/context.js";
import { codeOf } from "../net/errno.js";
import { isIP } from "../net/ip.js";
import { validatePort } from "../net/options.js";
import { nextTick } from "../process/ticks.js";

export const ADDRCONFIG = 32;
export const V4MAPPED = 8;
export const ALL = 16;

export type Order = "verbatim" | "ipv4first" | "ipv6first";

export const defaults: { order: Order } = { order: "verbatim" };

export interface Found {
  readonly address: string;
  readonly family: 4 | 6;
}

interface Query {
  readonly family: 0 | 4 | 6;
  readonly hints: number;
  readonly all: boolean;
  readonly order: Order;
}

/** `dns.lookup`: the system's own resolver, so /etc/hosts counts. */
export function lookup(hostname: Any, options: Any, callback?: Any): object {
  if (typeof options === "function") {
    callback = options;
    options = {};
  }
  validateFunction(callback, "callback");
  const { all, ...query } = parseQuery(options);
  if (hostname && typeof hostname !== "string") throw invalidArgType("hostname", "string", hostname);
  const done = bindContext(callback as AnyFunction);
  const answer = (found: readonly Found[]): void => {
    if (all) done(null, found);
    else done(null, found[0]!.address, found[0]!.family);
  };
  const family = isIP(hostname);
  if (!hostname || family !== 0) {
    const known = hostname ? [{ address: hostname as string, family: family as 4 | 6 }] : [];
    // As in Node: no name is no address, and no error.
    nextTick(() => (all || hostname ? answer(known) : done(null, null, query.family === 6 ? 6 : 4)));
    return {};
  }
  const handle = startLookup(hostname, query.family, query.hints, (kind: SocketEvent, value: unknown) => {
    if (kind === "close") return;
    close(handle);
    if (kind === "addresses") answer(sorted(value as string[], query.order));
    else done(lookupException(value as number, "getaddrinfo", hostname));
  });
  return {};
}

function parseQuery(options: Any): Query {
  if (typeof options === "number") {
    validateOneOf(options, "family", [0, 4, 6]);
    return { family: options as 0 | 4 | 6, hints: 0, all: false, order: defaults.order };
  }
  if (options !== undefined && typeof options !== "object") {
    throw invalidArgType("options", ["integer", "object"], options);
  }
  const { hints = 0, all = false, verbatim, order } = options ?? {};
  if (options?.hints != null) {
    validateNumber(hints, "options.hints");
    if ((hints & ~(ADDRCONFIG | V4MAPPED | ALL)) !== 0) throw invalidArgValue("hints", hints);
  }
  if (options?.all != null) validateBoolean(all, "options.all");
  if (verbatim != null) validateBoolean(verbatim, "options.verbatim");
  if (order != null) validateOneOf(order, "options.order", ["ipv4first", "ipv6first", "verbatim"]);
  const ordered = order ?? (verbatim === undefined ? defaults.order : verbatim ? "verbatim" : "ipv4first");
  return { family: parseFamily(options?.family), hints, all, order: ordered };
}

function parseFamily(family: Any): 0 | 4 | 6 {
  if (family === "IPv4") return 4;
  if (family === "IPv6") return 6;
  if (family == null) return 0;
  validateOneOf(family, "options.family", [0, 4, 6]);
  return family;
}

function sorted(addresses: readonly string[], order: Order): Found[] {
  const found = addresses.map((address) => ({ address, family: isIP(address) as 4 | 6 }));
  if (order === "verbatim") return found;
  const first = order === "ipv4first" ? 4 : 6;
  return [
    ...found.filter(({ family }) => family === first),
    ...found.filter(({ family }) => family !== first),
  ];
}

/** `dns.lookupService`: the names of an address and a port. */
export function lookupService(address: string, port: Any, callback: AnyFunction): object {
  validateString(address, "address");
  if (isIP(address) === 0) throw invalidArgValue("address", address);
  const number = validatePort(port);
  validateFunction(callback, "callback");
  const done = bindContext(callback);
  const handle = startService(address, number, (kind: SocketEvent, value: unknown) => {
    if (kind === "close") return;
    close(handle);
    if (kind === "names") done(null, ...(value as string[]));
    else done(lookupException(value as number, "getnameinfo", address));
  });
  return {};
}

/** `getaddrinfo ENOTFOUND example.invalid` */
function lookupException(errno: number, syscall: string, hostname: string): Error {
  const code = codeOf(errno);
  const number = code === "ENOTFOUND" ? -3008 : errno;
  return Object.assign(new Error(`${syscall} ${code} ${hostname}`), {
    errno: number,
    code,
    syscall,
    hostname,
  });
}
