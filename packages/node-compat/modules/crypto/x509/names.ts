import type { Any } from "../../internal/any.js";
import type { Certificate } from "./certificate.js";

interface CheckOptions {
  readonly subject?: "default" | "always" | "never";
  readonly wildcards?: boolean;
  readonly partialWildcards?: boolean;
  readonly singleLabelSubdomains?: boolean;
}

/** The names of one kind, and the subject's own when the options or the lack of others say so. */
function candidates(
  certificate: Certificate,
  kind: string,
  field: string,
  { subject }: CheckOptions,
): string[] {
  const names = certificate.names.filter((name) => name.kind === kind).map(({ value }) => value);
  const usesSubject = subject === "always" || (subject !== "never" && names.length === 0);
  const own: Any = usesSubject ? certificate.subjectFields[field] : undefined;
  return own === undefined ? names : [...names, ...[own].flat()];
}

/** The name in the certificate that stands for the host. */
export function matchesHost(
  certificate: Certificate,
  host: string,
  options: CheckOptions,
): string | undefined {
  const wanted = host.toLowerCase().replace(/\.$/, "");
  return candidates(certificate, "DNS", "CN", options).find((name) =>
    matchesPattern(
      name.toLowerCase(),
      wanted,
      options.wildcards !== false,
      options.partialWildcards !== false,
    ),
  );
}

function matchesPattern(pattern: string, host: string, wildcards: boolean, isPartial: boolean): boolean {
  if (pattern === host) return true;
  const [first = "", ...rest] = pattern.split(".");
  const star = first.indexOf("*");
  if (!wildcards || star < 0 || rest.length < 2 || first.indexOf("*", star + 1) >= 0) return false;
  if (first !== "*" && (!isPartial || first.startsWith("xn--"))) return false;
  const [label = "", ...others] = host.split(".");
  if (others.join(".") !== rest.join(".") || label === "") return false;
  const [before, after] = [first.slice(0, star), first.slice(star + 1)];
  return label.length >= first.length && label.startsWith(before) && label.endsWith(after);
}

/** The address in the certificate; the part after the @ is compared without regard to case. */
export function matchesEmail(
  certificate: Certificate,
  email: string,
  options: CheckOptions,
): string | undefined {
  const fold = (address: string): string => {
    const at = address.lastIndexOf("@");
    return address.slice(0, at) + address.slice(at).toLowerCase();
  };
  const found = candidates(certificate, "email", "emailAddress", options).some(
    (one) => fold(one) === fold(email),
  );
  return found ? email : undefined;
}

export function matchesIp(certificate: Certificate, ip: string): string | undefined {
  const wanted = expandIp(ip);
  const found = certificate.names.some(
    ({ kind, value }) => kind === "IP Address" && expandIp(value) === wanted,
  );
  return wanted !== undefined && found ? ip : undefined;
}

/** An address in one form: all groups, lower case. */
function expandIp(ip: string): string | undefined {
  if (/^\d+(\.\d+){3}$/.test(ip)) return ip;
  const [head = "", tail] = ip.toLowerCase().split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const missing = 8 - left.length - right.length;
  if (missing < 0 || (tail === undefined && missing !== 0)) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => "0"), ...right];
  return groups.map((group) => parseInt(group, 16).toString(16)).join(":");
}
