import { readdirSync, readFileSync } from "node:fs";
import type { HttpRequest, HttpResponse } from "../../src/http/exchange.js";
import { recognise } from "../../src/events/recognise.js";
import { receive } from "../../src/http/receive.js";

export type Event = Record<string, unknown>;

const folder = new URL("../fixtures/events/", import.meta.url);

/** A sample event; there is a file for every kind. */
export function sample(name: string): Event {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as Event;
}

export const sampleNames = readdirSync(folder).map((file) => file.replace(".json", ""));

/** Whether a sample is an HTTP request, or a message that an HTTP app serves as one. */
export function isHttpSample(name: string): boolean {
  return /^(?:api-gateway-v|function-url|alb|websocket|vpc-lattice)/.test(name);
}

/** The request as the event's shape gives it. */
export function requestOf(event: unknown): HttpRequest {
  return recognise("site", event).toRequest();
}

/** The request as an app may see it. */
export function receivedFrom(event: unknown, basePath?: string | readonly string[]): HttpRequest {
  return receive(recognise("site", event), basePath);
}

export function resultFor(event: unknown, response: HttpResponse): unknown {
  return recognise("site", event).toResult(response);
}

export function answer(parts: Partial<HttpResponse> = {}): HttpResponse {
  return { statusCode: 200, statusMessage: "", headers: [], body: "", isBase64Encoded: false, ...parts };
}
