import type { Any } from "../internal/any.js";
import { Buffer } from "../buffer.js";
import type { Answer } from "./query.js";

/** How the answers of each record type look in Node. */
export const records: Readonly<Record<string, (answer: Answer, withTtl: boolean) => Any>> = {
  A: address,
  AAAA: address,
  CNAME: name,
  NS: name,
  PTR: name,
  TXT: ({ data }) => texts(data),
  MX: ({ data }) => ({ exchange: data.exchange, priority: data.preference }),
  SRV: ({ data }) => ({ name: data.target, port: data.port, priority: data.priority, weight: data.weight }),
  NAPTR: ({ data }) => ({
    flags: data.flags,
    service: data.services,
    regexp: data.regexp,
    replacement: data.replacement,
    order: data.order,
    preference: data.preference,
  }),
  SOA: ({ data }) => ({
    nsname: data.mname,
    hostmaster: data.rname,
    serial: data.serial,
    refresh: data.refresh,
    retry: data.retry,
    expire: data.expire,
    minttl: data.minimum,
  }),
  CAA: ({ data }) => ({ critical: data.issuerCritical ? 128 : 0, [data.tag]: data.value }),
  TLSA: ({ data }) => ({
    certUsage: data.usage,
    selector: data.selector,
    match: data.matchingType,
    data: exactBuffer(data.certificate),
  }),
};

/** `resolveAny` says of each record what it is. */
export function anyRecord(answer: Answer): Any {
  const record = records[answer.type];
  if (!record) return undefined;
  if (answer.type === "A" || answer.type === "AAAA") {
    return { ...(address(answer, true) as object), type: answer.type };
  }
  if (["CNAME", "NS", "PTR"].includes(answer.type)) return { value: answer.data, type: answer.type };
  if (answer.type === "TXT") return { entries: texts(answer.data), type: "TXT" };
  return { ...(record(answer, false) as object), type: answer.type };
}

function address({ data, ttl }: Answer, withTtl: boolean): Any {
  return withTtl ? { address: data, ttl } : data;
}

function name({ data }: Answer): string {
  return data;
}

function texts(data: Any): string[] {
  return (Array.isArray(data) ? data : [data]).map((part) => Buffer.from(part).toString("utf8"));
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
}
