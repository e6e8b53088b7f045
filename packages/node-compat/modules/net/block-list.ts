import { invalidArgValue, nodeError, outOfRange } from "../internal/errors.js";
import { validateString } from "../internal/validate.js";
import { isIP, isIPv4 } from "./ip.js";
import { SocketAddress } from "./socket-address.js";

type Family = "ipv4" | "ipv6";

interface Rule {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
  readonly text: string;
}

/** `net.BlockList`: addresses, ranges and subnets to test others against. */
export class BlockList {
  readonly #rules: Rule[] = [];

  addAddress(address: string | SocketAddress, family: Family = "ipv4"): void {
    const one = resolve(address, family);
    this.#add(one, one.number, one.number, `Address: ${label(one.family)} ${one.text}`);
  }

  addRange(start: string | SocketAddress, end: string | SocketAddress, family: Family = "ipv4"): void {
    const first = resolve(start, family);
    const last = resolve(end, family);
    if (first.number > last.number) throw invalidArgValue("start", first.text, "must come before end");
    this.#add(first, first.number, last.number, `Range: ${label(first.family)} ${first.text}-${last.text}`);
  }

  addSubnet(network: string | SocketAddress, prefix: number, family: Family = "ipv4"): void {
    const base = resolve(network, family);
    const width = base.family === "ipv4" ? 32 : 128;
    if (!Number.isInteger(prefix) || prefix < 0 || prefix > width) {
      throw outOfRange("prefix", `>= 0 && <= ${width}`, prefix);
    }
    const host = (1n << BigInt(width - prefix)) - 1n;
    const text = `Subnet: ${label(base.family)} ${base.text}/${prefix}`;
    this.#add(base, base.number & ~host, base.number | host, text);
  }

  check(address: string | SocketAddress, family: Family = "ipv4"): boolean {
    let one: ReturnType<typeof resolve>;
    try {
      one = resolve(address, family);
    } catch (error) {
      if ((error as { code?: string }).code === "ERR_INVALID_ADDRESS") return false;
      throw error;
    }
    return this.#rules.some((rule) => covers(rule, one));
  }

  get rules(): string[] {
    return this.#rules.map(({ text }) => text);
  }

  #add({ family }: { family: Family }, first: bigint, last: bigint, text: string): void {
    this.#rules.unshift({ family, first, last, text });
  }
}

/** An IPv4 address in IPv6's clothes meets the rules for IPv4 too. */
const MAPPED = 0xffffn << 32n;

function covers(rule: Rule, { family, number }: { family: Family; number: bigint }): boolean {
  if (rule.family === family) return rule.first <= number && number <= rule.last;
  if (family !== "ipv6" || number >> 32n !== MAPPED >> 32n) return false;
  const inner = number & 0xffffffffn;
  return rule.first <= inner && inner <= rule.last;
}

function label(family: Family): string {
  return family === "ipv4" ? "IPv4" : "IPv6";
}

function resolve(
  given: string | SocketAddress,
  family: Family,
): { family: Family; number: bigint; text: string } {
  if (given instanceof SocketAddress)
    return { family: given.family, number: toNumber(given.address), text: given.address };
  validateString(given, "address");
  const kind = family.toLowerCase() as Family;
  if (kind !== "ipv4" && kind !== "ipv6") throw invalidArgValue("family", family);
  if (isIP(given) !== (kind === "ipv4" ? 4 : 6))
    throw nodeError(Error, "ERR_INVALID_ADDRESS", "Invalid address");
  return { family: kind, number: toNumber(given), text: given };
}

function toNumber(address: string): bigint {
  if (isIPv4(address)) return address.split(".").reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n);
  const [text = ""] = address.split("%");
  const expanded = text.replace(/[\d.]+$/, (tail) => {
    if (!isIPv4(tail)) return tail;
    const number = toNumber(tail);
    return `${(number >> 16n).toString(16)}:${(number & 0xffffn).toString(16)}`;
  });
  const [head = "", tail] = expanded.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = !tail ? [] : tail.split(":");
  const middle = tail === undefined ? [] : Array<string>(8 - left.length - right.length).fill("0");
  return [...left, ...middle, ...right].reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n);
}
