import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";

const folder = new URL("../../packages/dispatcher/test/fixtures/events/", import.meta.url);

/** A sample of every kind of event that AWS sends, by name. */
export const samples: readonly (readonly [name: string, event: unknown])[] = readdirSync(folder)
  .sort()
  .map((file) => [file.replace(".json", ""), JSON.parse(readFileSync(new URL(file, folder), "utf8"))]);

const values = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1.5, 1e21, "", [], {}, [[]], ["a", 1], { a: { b: 1 } }),
  fc.constantFrom(
    "a\r\nset-cookie: x=1",
    "\u0000",
    "\ud800",
    "%",
    "%%%",
    "=",
    "/../../etc/passwd",
    "/%2e%2e%2f..%5c",
    "//evil.example",
    "user@evil.example",
    "GET / HTTP/1.1",
    "1, 1",
    "chunked",
  ),
  fc.string({ unit: "grapheme" }),
  fc.base64String(),
  fc.jsonValue(),
);
const keys = fc.constantFrom(
  "__proto__",
  "constructor",
  "content-length",
  "Content-Length",
  "transfer-encoding",
  "host",
  "cookie",
  "a\r\nb",
  "body",
  "isBase64Encoded",
  "multiValueHeaders",
  "requestContext",
  "http",
  "elb",
);
const mutation = fc.record({
  /** Which of the event's places, of however many it has. */
  at: fc.double({ min: 0, max: 0.999, noNaN: true }),
  kind: fc.constantFrom("replace", "remove", "add"),
  key: keys,
  value: values,
});
export type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

/** A sample with up to four of its places spoilt. */
export const mutatedSamples = fc
  .tuple(fc.constantFrom(...samples), fc.array(mutation, { maxLength: 4 }))
  .map(([[name, event], mutations]) => ({
    name,
    event: mutations.reduce((spoilt: unknown, one) => spoil(spoilt, one), structuredClone(event)),
  }));

type Place = readonly [holder: Record<string, unknown>, key: string];

function spoil(event: unknown, { at, kind, key, value }: Mutation): unknown {
  const places = placesOf(event);
  const [holder, old] = places[Math.floor(at * places.length)] ?? [];
  if (holder === undefined || old === undefined) return value;
  if (kind === "remove") Reflect.deleteProperty(holder, old);
  // Defined, not assigned: `__proto__` is to be a key, as JSON.parse makes it.
  else
    Object.defineProperty(holder, kind === "add" ? key : old, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return event;
}

function placesOf(value: unknown): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [[holder, key] as const, ...placesOf(holder[key])]);
}
