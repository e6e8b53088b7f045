import type { Any } from "../internal/any.js";
import { codes } from "./codes.js";
import {
  defaults,
  lookup as lookupByCallback,
  lookupService as serviceByCallback,
  type Order,
} from "./lookup.js";
import { defaultResolver } from "./default-resolver.js";
import { lookups, Resolver as CallbackResolver } from "./resolver.js";

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

export function lookup(hostname: Any, options?: Any): Promise<Any> {
  return new Promise((resolve, reject) => {
    lookupByCallback(hostname, options ?? {}, (error: Any, found: Any, family: Any) => {
      if (error) reject(error);
      else resolve(Array.isArray(found) ? found : { address: found, family });
    });
  });
}

export function lookupService(address: string, port: number): Promise<Any> {
  return new Promise((resolve, reject) => {
    serviceByCallback(address, port, (error: Any, hostname: string, service: string) =>
      error ? reject(error) : resolve({ hostname, service }),
    );
  });
}

/** The methods of a resolver, as functions that return promises. */
function promised(resolver: CallbackResolver): Record<string, (...args: Any[]) => Promise<Any>> {
  const functions: Record<string, (...args: Any[]) => Promise<Any>> = {};
  for (const name of lookups) {
    functions[name] = (...args) =>
      new Promise((resolve, reject) => {
        const given = args.filter((argument) => argument !== undefined);
        (resolver as Any)[name](...given, (error: Any, found: Any) =>
          error ? reject(error) : resolve(found),
        );
      });
  }
  return functions;
}

export class Resolver {
  readonly #resolver: CallbackResolver;

  constructor(options?: Any) {
    this.#resolver = new CallbackResolver(options);
    Object.assign(this, promised(this.#resolver));
  }

  getServers(): string[] {
    return this.#resolver.getServers();
  }

  setServers(servers: string[]): void {
    this.#resolver.setServers(servers);
  }

  setLocalAddress(): void {
    this.#resolver.setLocalAddress();
  }

  cancel(): void {
    this.#resolver.cancel();
  }
}

const functions = promised(defaultResolver) as Any;

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
  defaults.order = order;
}

export default {
  ...codes,
  ...functions,
  getDefaultResultOrder,
  getServers,
  lookup,
  lookupService,
  Resolver,
  setDefaultResultOrder,
  setServers,
};
