import { reasonPhrase } from "../http/status-codes.js";
import { Emitter } from "./emitter.js";
import {
  expand,
  headerEntries,
  setField,
  type HeaderField,
  type HeaderFields,
  type HeaderValue,
} from "./header-fields.js";
import * as errors from "./node-errors.js";

/** Status line and headers of a `ServerResponse`: what can be set until it is sent, and what was sent. */
export class ResponseHead extends Emitter {
  statusCode = 200;
  // Node's is undefined until it is set or the head is written, and apps test for that.
  statusMessage: string | undefined = undefined;
  sendDate = true;

  #fields: HeaderFields | undefined;
  #sent: HeaderField[] | undefined;

  get headersSent(): boolean {
    return this.#sent !== undefined;
  }

  /** The headers that went out, one entry a value; those set so far while none have. */
  get sentFields(): readonly HeaderField[] {
    return this.#sent ?? this.#expandFields();
  }

  setHeader(name: string, value: HeaderValue): this {
    this.#refuseWhenSent("set");
    setField((this.#fields ??= new Map()), name, value);
    return this;
  }

  setHeaders(headers: Headers | ReadonlyMap<string, HeaderValue>): this {
    this.#refuseWhenSent("set");
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
    this.#refuseWhenSent("append");
    errors.validateHeaderName(name);
    errors.validateHeaderValue(name, value);
    const existing = this.#fields?.get(name.toLowerCase());
    if (existing === undefined) return this.setHeader(name, value);
    existing.value = ([] as string[]).concat(existing.value as string, value as string);
    return this;
  }

  getHeader(name: string): number | string | string[] | undefined {
    errors.validateString(name, "name");
    return this.#fields?.get(name.toLowerCase())?.value as number | string | string[] | undefined;
  }

  getHeaderNames(): string[] {
    return [...(this.#fields?.keys() ?? [])];
  }

  getRawHeaderNames(): string[] {
    return Array.from(this.#fields?.values() ?? [], (field) => field.name);
  }

  getHeaders(): Record<string, number | string | string[] | undefined> {
    // No prototype, as in Node: a header named like a member of Object is still only a header.
    const headers = Object.create(null) as Record<string, number | string | string[]>;
    for (const [key, field] of this.#fields ?? []) headers[key] = field.value as number | string | string[];
    return headers;
  }

  hasHeader(name: string): boolean {
    errors.validateString(name, "name");
    return this.#fields?.has(name.toLowerCase()) ?? false;
  }

  removeHeader(name: string): void {
    errors.validateString(name, "name");
    this.#refuseWhenSent("remove");
    this.#fields?.delete(name.toLowerCase());
  }

  writeHead(statusCode: number, reason?: unknown, headers?: unknown): this {
    this.#refuseWhenSent("write");
    const status = statusCode | 0;
    if (status < 100 || status > 999) throw errors.invalidStatusCode(statusCode);
    let isOwnPhrase = true;
    if (typeof reason === "string") this.statusMessage = reason;
    else {
      isOwnPhrase = Boolean(this.statusMessage);
      this.statusMessage ||= reasonPhrase(status) ?? "unknown";
      headers ??= reason;
    }
    this.statusCode = status;
    const sent = this.#merge(headers);
    if (isOwnPhrase) errors.validateStatusMessage(this.statusMessage);
    this.#sent = sent;
    return this;
  }

  writeHeader(statusCode: number, reason?: unknown, headers?: unknown): this {
    return this.writeHead(statusCode, reason, headers);
  }

  flushHeaders(): void {
    if (!this.headersSent) this.writeHead(this.statusCode);
  }

  #refuseWhenSent(action: string): void {
    if (this.headersSent) throw errors.headersSent(action);
  }

  /** Headers of `writeHead` alone go straight out and are never seen by `getHeader`, as in Node. */
  #merge(headers: unknown): HeaderField[] {
    if (headers === undefined || headers === null) return this.#expandFields();
    const entries = [...headerEntries(headers)];
    if (this.#fields !== undefined) {
      for (const [name, value] of entries) if (name) this.setHeader(name, value);
      return this.#expandFields();
    }
    for (const [name, value] of entries) {
      errors.validateHeaderName(name);
      errors.validateHeaderValue(name, value);
    }
    return entries.flatMap(([name, value]) => expand(name, value));
  }

  #expandFields(): HeaderField[] {
    const sent: HeaderField[] = [];
    if (this.#fields === undefined) return sent;
    for (const { name, value } of this.#fields.values()) {
      if (typeof value === "string") sent.push([name, value]);
      else sent.push(...expand(name, value));
    }
    return sent;
  }
}
