import { codes } from "./dns/codes.js";
import { defaultResolver } from "./dns/default-resolver.js";
import { ADDRCONFIG, ALL, defaults, lookup, lookupService, V4MAPPED, type Order } from "./dns/lookup.js";
import promises from "./dns/promises.js";
import { lookups, Resolver } from "./dns/resolver.js";
import type { Any } from "./internal/any.js";
import { validateOneOf } from "./internal/validate.js";

export { ADDRCONFIG, ALL, lookup, lookupService, promises, Resolver, V4MAPPED };

export const {
  NODATA,
  FORMERR,
  SERVFAIL,
  NOTFOUND,
  NOTIMP,
  REFUSED,
  BADQUERY,
  BADNAME,
  BADFAMILY,
  BADRESP,
  CONNREFUSED,
  TIMEOUT,
  EOF,
  FILE,
  NOMEM,
  DESTRUCTION,
  BADSTR,
  BADFLAGS,
  NONAME,
  BADHINTS,
  NOTINITIALIZED,
  LOADIPHLPAPI,
  ADDRGETNETWORKPARAMS,
  CANCELLED,
} = codes;

/** What util.promisify looks for where a callback takes more than one value. */
const custom = Symbol.for("nodejs.util.promisify.custom");
Object.defineProperty(lookup, custom, { value: promises.lookup, configurable: true });
Object.defineProperty(lookupService, custom, { value: promises.lookupService, configurable: true });

const functions = Object.fromEntries(
  lookups.map((name) => [name, (...args: Any[]) => (defaultResolver as Any)[name](...args)]),
) as Any;

export const resolve = functions.resolve;
export const resolve4 = functions.resolve4;
export const resolve6 = functions.resolve6;
export const resolveAny = functions.resolveAny;
export const resolveCaa = functions.resolveCaa;
export const resolveCname = functions.resolveCname;
export const resolveMx = functions.resolveMx;
export const resolveNaptr = functions.resolveNaptr;
export const resolveNs = functions.resolveNs;
export const resolvePtr = functions.resolvePtr;
export const resolveSoa = functions.resolveSoa;
export const resolveSrv = functions.resolveSrv;
export const resolveTlsa = functions.resolveTlsa;
export const resolveTxt = functions.resolveTxt;
export const reverse = functions.reverse;

export function getServers(): string[] {
  return defaultResolver.getServers();
}

export function setServers(servers: string[]): void {
  defaultResolver.setServers(servers);
}

export function getDefaultResultOrder(): Order {
  return defaults.order;
}

export function setDefaultResultOrder(order: Order): void {
  validateOneOf(order, "dnsOrder", ["ipv4first", "ipv6first", "verbatim"]);
  defaults.order = order;
}

export default {
  ...codes,
  ...functions,
  ADDRCONFIG,
  ALL,
  getDefaultResultOrder,
  getServers,
  lookup,
  lookupService,
  promises,
  Resolver,
  setDefaultResultOrder,
  setServers,
  V4MAPPED,
};
