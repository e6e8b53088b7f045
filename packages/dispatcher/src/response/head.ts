import { reasonPhrase } from "../http/status-codes.js";
import { Emitter } from "./emitter.js";
import {
  expand,
  headerEntries,
  newFields,
  setField,
  type HeaderField,
  type HeaderFields,
  type HeaderValue,
} from "./header-fields.js";
import * as errors from "./node-errors.js";

/** Status line and headers of a `ServerResponse`: what can be set until it is sent, and what was sent. */
export class ResponseHead extends Emitter {
  // On the prototype (below), as Node's status: each own property costs every request.
  declare statusCode: number;
  /** The one that went out: what is set later changes nothing. */
  declare sentStatus: number;
  // Node's is undefined until it is set or the head is written, and apps test for that.
  declare statusMessage: string | undefined;
  declare sendDate: boolean;
  declare headersSent: boolean;

  declare private fields: HeaderFields | undefined;
  /** Those that went straight out by `writeHead`. */
  declare private written: readonly HeaderField[] | undefined;

  // Written out: see the derived class.
  // eslint-disable-next-line @typescript-eslint/no-useless-constructor
  constructor() {
    super();
  }

  /** The headers that went out, one entry a value; those set so far while none have. */
  get sentFields(): readonly HeaderField[] {
    return this.written ?? this.expandFields();
  }

  /** The first value of a header that went out. @param key its name in lower case */
  sentValue(key: string): string | undefined {
    if (this.written) return this.written.find(([name]) => name.toLowerCase() === key)?.[1];
    const value = this.fields?.[key]?.value;
    return value === undefined || typeof value === "string" ? value : expand(key, value)[0]?.[1];
  }

  setHeader(name: string, value: HeaderValue): this {
    this.refuseWhenSent("set");
    setField((this.fields ??= newFields()), name, value);
    return this;
  }

  setHeaders(headers: Headers | ReadonlyMap<string, HeaderValue>): this {
    this.refuseWhenSent("set");
    if (typeof headers?.get !== "function" || typeof headers.keys !== "function") {
      throw errors.invalidArgumentType("headers", "an instance of Headers or Map", headers);
    }
    const cookies: string[] = [];
    for (const [name, value] of headers) {
      if (name === "set-cookie") cookies.push(...([] as string[]).concat(value as string));
      else this.setHeader(name, value);
    }
    return cookies.length > 0 ? this.setHeader("set-cookie", cookies) : this;
  }

  appendHeader(name: string, value: string | readonly string[]): this {
    this.refuseWhenSent("append");
    errors.validHeaderName(name);
    errors.validateHeaderValue(name, value);
    const existing = this.fields?.[name.toLowerCase()];
    if (existing === undefined) return this.setHeader(name, value);
    existing.value = ([] as string[]).concat(existing.value as string, value as string);
    return this;
  }

  getHeader(name: string): number | string | string[] | undefined {
    errors.validateString(name, "name");
    return this.fields?.[name.toLowerCase()]?.value as number | string | string[] | undefined;
  }

  getHeaderNames(): string[] {
    return Object.keys(this.fields ?? {});
  }

  getRawHeaderNames(): string[] {
    return Object.values(this.fields ?? {}).map((field) => field.name);
  }

  getHeaders(): Record<string, number | string | string[] | undefined> {
    // No prototype, as in Node: a header named like a member of Object is still only a header.
    const headers = Object.create(null) as Record<string, number | string | string[]>;
    for (const [key, field] of Object.entries(this.fields ?? {}))
      headers[key] = field.value as number | string | string[];
    return headers;
  }

  hasHeader(name: string): boolean {
    errors.validateString(name, "name");
    return this.fields !== undefined && name.toLowerCase() in this.fields;
  }

  removeHeader(name: string): void {
    errors.validateString(name, "name");
    this.refuseWhenSent("remove");
    if (this.fields) Reflect.deleteProperty(this.fields, name.toLowerCase());
  }

  writeHead(statusCode: number, reason?: unknown, headers?: unknown): this {
    this.refuseWhenSent("write");
    const status = statusCode | 0;
    if (status < 100 || status > 999) throw errors.invalidStatusCode(statusCode);
    let isOwnPhrase = true;
    if (typeof reason === "string") this.statusMessage = reason;
    else {
      isOwnPhrase = Boolean(this.statusMessage);
      this.statusMessage ||= reasonPhrase(status) ?? "unknown";
      headers ??= reason;
    }
    if (status !== this.statusCode) this.statusCode = status;
    if (status !== 200) this.sentStatus = status;
    const written = this.merge(headers);
    if (isOwnPhrase) errors.validateStatusMessage(this.statusMessage);
    if (written) this.written = written;
    this.headersSent = true;
    return this;
  }

  writeHeader(statusCode: number, reason?: unknown, headers?: unknown): this {
    return this.writeHead(statusCode, reason, headers);
  }

  flushHeaders(): void {
    if (this.headersSent) return;
    if (this.statusCode !== 200 || this.statusMessage !== undefined) {
      this.writeHead(this.statusCode);
      return;
    }
    // What writeHead would do for most responses.
    this.statusMessage = "OK";
    this.headersSent = true;
  }

  private refuseWhenSent(action: string): void {
    if (this.headersSent) throw errors.headersSent(action);
  }

  /** Headers of `writeHead` alone go straight out and are never seen by `getHeader`, as in Node. */
  private merge(headers: unknown): HeaderField[] | undefined {
    if (headers === undefined || headers === null) return undefined;
    const entries = [...headerEntries(headers)];
    if (this.fields !== undefined) {
      for (const [name, value] of entries) if (name) this.setHeader(name, value);
      return undefined;
    }
    for (const [name, value] of entries) {
      errors.validHeaderName(name);
      errors.validateHeaderValue(name, value);
    }
    return entries.flatMap(([name, value]) => expand(name, value));
  }

  private expandFields(): HeaderField[] {
    const sent: HeaderField[] = [];
    if (this.fields === undefined) return sent;
    for (const { name, value } of Object.values(this.fields)) {
      if (typeof value === "string") sent.push([name, value]);
      else sent.push(...expand(name, value));
    }
    return sent;
  }
}

Object.assign(ResponseHead.prototype, {
  statusCode: 200,
  sentStatus: 200,
  statusMessage: undefined,
  sendDate: true,
  headersSent: false,
  fields: undefined,
  written: undefined,
});
