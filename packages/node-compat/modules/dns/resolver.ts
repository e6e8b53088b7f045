import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgValue, nodeError } from "../internal/errors.js";
import { validateArray, validateFunction, validateString } from "../internal/validate.js";
import { bindContext } from "../net/context.js";
import { isIP, isIPv4 } from "../net/ip.js";
import { nextTick } from "../process/ticks.js";
import { codes, queryException } from "./codes.js";
import { query, type Answer, type Pending } from "./query.js";
import { anyRecord, records } from "./records.js";
import { formatServer, hostsNames, parseServer, systemServers, type NameServer } from "./servers.js";

const DEFAULT_TIMEOUT = 5000;
const DEFAULT_TRIES = 4;

/** `dns.Resolver`: asks name servers itself, past /etc/hosts. */
export class Resolver {
  #servers: NameServer[] | undefined;
  readonly #timeout: number;
  readonly #tries: number;
  readonly #pending = new Map<Pending, () => void>();

  constructor({ timeout = -1, tries = DEFAULT_TRIES }: { timeout?: number; tries?: number } = {}) {
    this.#timeout = timeout > 0 ? timeout : DEFAULT_TIMEOUT;
    this.#tries = tries;
  }

  getServers(): string[] {
    return this.#inUse.map(formatServer);
  }

  setServers(servers: string[]): void {
    validateArray(servers, "servers");
    if (this.#pending.size > 0) {
      throw nodeError(
        Error,
        "ERR_DNS_SET_SERVERS_FAILED",
        'c-ares failed to set servers: "There are pending queries." [' + servers.join() + "]",
      );
    }
    this.#servers = servers.map((server) => {
      validateString(server, "servers");
      return parseServer(server);
    });
  }

  /** Of no effect: the system chooses where its queries leave from. */
  setLocalAddress(): void {
    // Nothing to do.
  }

  cancel(): void {
    for (const [pending, cancelled] of [...this.#pending]) {
      pending.cancel();
      this.#pending.delete(pending);
      nextTick(cancelled);
    }
  }

  get #inUse(): NameServer[] {
    return (this.#servers ??= systemServers());
  }

  resolve4(name: string, ...rest: Any[]): object {
    return this.#resolve("A", "queryA", name, rest);
  }

  resolve6(name: string, ...rest: Any[]): object {
    return this.#resolve("AAAA", "queryAaaa", name, rest);
  }

  resolveAny(name: string, callback: AnyFunction): object {
    return this.#query("ANY", "queryAny", name, callback, (answers) =>
      answers.map(anyRecord).filter(Boolean),
    );
  }

  resolveCaa(name: string, ...rest: Any[]): object {
    return this.#resolve("CAA", "queryCaa", name, rest);
  }

  resolveCname(name: string, ...rest: Any[]): object {
    return this.#resolve("CNAME", "queryCname", name, rest);
  }

  resolveMx(name: string, ...rest: Any[]): object {
    return this.#resolve("MX", "queryMx", name, rest);
  }

  resolveNaptr(name: string, ...rest: Any[]): object {
    return this.#resolve("NAPTR", "queryNaptr", name, rest);
  }

  resolveNs(name: string, ...rest: Any[]): object {
    return this.#resolve("NS", "queryNs", name, rest);
  }

  resolvePtr(name: string, ...rest: Any[]): object {
    return this.#resolve("PTR", "queryPtr", name, rest);
  }

  resolveSrv(name: string, ...rest: Any[]): object {
    return this.#resolve("SRV", "querySrv", name, rest);
  }

  resolveTlsa(name: string, ...rest: Any[]): object {
    return this.#resolve("TLSA", "queryTlsa", name, rest);
  }

  resolveTxt(name: string, ...rest: Any[]): object {
    return this.#resolve("TXT", "queryTxt", name, rest);
  }

  /** There is one of it. */
  resolveSoa(name: string, callback: AnyFunction): object {
    return this.#query("SOA", "querySoa", name, callback, ([first]) => records["SOA"]!(first!, false));
  }

  reverse(address: string, callback: AnyFunction): object {
    validateString(address, "name");
    if (isIP(address) === 0)
      throw Object.assign(queryException("EINVAL", "getHostByAddr", address), { errno: -22 });
    const known = hostsNames(address);
    if (known.length > 0) {
      validateFunction(callback, "callback");
      nextTick(callback, null, known);
      return {};
    }
    const found = (answers: readonly Answer[]) => answers.map(({ data }) => data);
    return this.#query("PTR", "getHostByAddr", reverseName(address), callback, found, address);
  }

  resolve(name: string, type: Any, callback?: Any): object {
    if (typeof type === "function") {
      callback = type;
      type = "A";
    }
    validateString(type, "rrtype");
    const method = METHODS[type as string];
    if (method === undefined) throw invalidArgValue("rrtype", type);
    return (this as Any)[method](name, callback);
  }

  #resolve(type: string, syscall: string, name: string, rest: Any[]): object {
    const [options, callback] = rest.length > 1 ? rest : [{}, rest[0]];
    const withTtl = Boolean(options?.ttl);
    return this.#query(type, syscall, name, callback, (answers) =>
      answers.map((answer) => records[type]!(answer, withTtl)),
    );
  }

  #query(
    type: string,
    syscall: string,
    name: string,
    callback: AnyFunction,
    shape: (answers: readonly Answer[]) => Any,
    shown = name,
  ): object {
    validateString(name, "name");
    validateFunction(callback, "callback");
    const done = bindContext(callback);
    if (name === "") {
      nextTick(done, queryException(codes.NOTFOUND, syscall, name));
      return {};
    }
    const options = { timeout: this.#timeout, tries: this.#tries };
    const pending = query(name, type, this.#inUse, options, (code, answers) => {
      this.#pending.delete(pending);
      if (code === null) done(null, shape(answers));
      else done(queryException(code, syscall, shown));
    });
    this.#pending.set(pending, () => done(queryException(codes.CANCELLED, syscall, shown)));
    return {};
  }
}

const METHODS: Readonly<Record<string, string>> = {
  A: "resolve4",
  AAAA: "resolve6",
  ANY: "resolveAny",
  CAA: "resolveCaa",
  CNAME: "resolveCname",
  MX: "resolveMx",
  NAPTR: "resolveNaptr",
  NS: "resolveNs",
  PTR: "resolvePtr",
  SOA: "resolveSoa",
  SRV: "resolveSrv",
  TLSA: "resolveTlsa",
  TXT: "resolveTxt",
};

/** The names of the methods that look something up. */
export const lookups = [...new Set(Object.values(METHODS)), "resolve", "reverse"] as const;

/** `1.2.0.192.in-addr.arpa` */
function reverseName(address: string): string {
  if (isIPv4(address)) return `${address.split(".").reverse().join(".")}.in-addr.arpa`;
  const [text = ""] = address.split("%");
  const [head = "", tail] = text.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = !tail ? [] : tail.split(":");
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
  const digits = [...left, ...middle, ...right].map((group) => group.padStart(4, "0")).join("");
  return `${[...digits].reverse().join(".")}.ip6.arpa`;
}
