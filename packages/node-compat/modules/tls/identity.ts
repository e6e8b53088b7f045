import type { Any } from "../internal/any.js";
import { nodeError } from "../internal/errors.js";
import { isIP } from "../net/ip.js";

/** `tls.checkServerIdentity`: whether the certificate is for that host; the error when it is not. */
export function checkServerIdentity(hostname: string, certificate: Any): Error | undefined {
  const name = `${hostname}`.replace(/\.$/, "").toLowerCase();
  const { subject, subjectaltname } = certificate;
  const names = parseNames(subjectaltname);
  let reason: string;
  if (isIP(name) !== 0) {
    if (names.addresses.some((address) => sameAddress(address, name))) return undefined;
    reason = `IP: ${name} is not in the cert's list: ${names.addresses.join(", ")}`;
  } else if (names.dns.length > 0) {
    if (names.dns.some((pattern) => matches(name, pattern))) return undefined;
    reason = `Host: ${name}. is not in the cert's altnames: ${subjectaltname}`;
  } else if (subject?.CN && names.isEmpty) {
    const common: string[] = Array.isArray(subject.CN) ? subject.CN : [subject.CN];
    if (common.some((pattern) => matches(name, pattern))) return undefined;
    reason = `Host: ${name}. is not cert's CN: ${subject.CN}`;
  } else {
    reason = subject ? "Cert does not contain a DNS name" : "Cert is empty";
  }
  const message = `Hostname/IP does not match certificate's altnames: ${reason}`;
  return nodeError(Error, "ERR_TLS_CERT_ALTNAME_INVALID", message, {
    reason,
    host: hostname,
    cert: certificate,
  });
}

interface Names {
  readonly dns: string[];
  readonly addresses: string[];
  readonly isEmpty: boolean;
}

/** `DNS:a.example, IP Address:192.0.2.1`; what holds a comma is in quotes, as JSON. */
function parseNames(text: string | undefined): Names {
  const entries = text?.match(/(?:[^",]|"(?:[^"\\]|\\.)*")+/g) ?? [];
  const dns: string[] = [];
  const addresses: string[] = [];
  for (const entry of entries) {
    const [, kind, value = ""] = /^\s*(DNS|IP Address):(.*)$/.exec(entry) ?? [];
    const plain = value.startsWith('"') ? (JSON.parse(value) as string) : value;
    if (kind === "DNS") dns.push(plain);
    else if (kind) addresses.push(plain);
  }
  return { dns, addresses, isEmpty: entries.length === 0 };
}

/** A star stands for one label, the first, whole or in part; never for a public suffix alone. */
function matches(name: string, pattern: string): boolean {
  const host = name.split(".");
  const parts = pattern.replace(/\.$/, "").toLowerCase().split(".");
  if (host.length !== parts.length || parts.includes("") || host.includes("")) return false;
  // A name with anything else than printable ASCII never matches.
  if (/[^\u0021-\u007f]/.test(pattern)) return false;
  const [first = "", ...rest] = parts;
  if (!rest.every((label, index) => label === host[index + 1])) return false;
  if (!first.includes("*")) return first === host[0];
  const [prefix = "", suffix = "", ...more] = first.split("*");
  if (more.length > 0 || first.includes("xn--") || parts.length <= 2) return false;
  const label = host[0]!;
  return label.length >= prefix.length + suffix.length && label.startsWith(prefix) && label.endsWith(suffix);
}

function sameAddress(one: string, other: string): boolean {
  return expand(one) === expand(other);
}

/** IPv6 addresses have many spellings; the eight groups have one. */
function expand(address: string): string {
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = !tail ? [] : tail.split(":");
  const middle =
    tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...middle, ...right].map((group) => group.replace(/^0+(?=.)/, "")).join(":");
}
