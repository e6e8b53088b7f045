import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { type AddressInfo } from "node:net";
import { lambda, type LambdaFunction } from "@laconic/runtime/library";

/** A value that a hundred thousand iterators, generators or proxies stand round. */
function wrapped<Value>(inner: Value, wrap: (inner: Value) => Value): Value {
  let outermost = inner;
  for (let layer = 0; layer < 100_000; layer++) outermost = wrap(outermost);
  return outermost;
}

interface Mapped extends Iterator<number> {
  map(callback: (value: number) => number): Mapped;
}

const mapped = (): Mapped =>
  wrapped([1].values() as unknown as Mapped, (inner) => inner.map((value) => value));

function nested(): unknown[] {
  return wrapped<unknown[]>([], (inner) => [inner]);
}

/** Serves a body without an end, from this very process. */
async function endlessBody(): Promise<string> {
  const server = createServer((_request, response) => {
    const chunk = Buffer.alloc(1 << 20);
    const write = (): void => {
      while (response.write(chunk));
      response.once("drain", write);
    };
    write();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

/** What is too much for stack or memory by way of something else, and what the next request would find of it. */
export const overflow: LambdaFunction[] = [
  lambda("deep-iterators", () => mapped().next()),
  lambda("deep-iterators-closed", () => mapped().return!()),
  lambda("deep-delegation", () => {
    const generator = wrapped<Iterable<number>>([1], function* (inner) {
      yield* inner;
    });
    return [...generator];
  }),
  lambda("deep-result", () => nested()),
  lambda("deep-keys", () => Object.keys(wrapped<object>({}, (inner) => new Proxy(inner, {})))),
  lambda("endless-body", async () => (await (await fetch(await endlessBody())).arrayBuffer()).byteLength),
  lambda("endless-file", () => readFileSync("/dev/zero").length),
  lambda("hoard-chain", () => {
    for (let last: Promise<unknown> = Promise.resolve(); ;) last = last.then(() => 1);
  }),
  lambda("hoard-ticks", () => {
    for (;;) process.nextTick(() => {});
  }),
  lambda("hoard-microtasks", () => {
    for (;;) queueMicrotask(() => {});
  }),
  lambda("hoard-regexp", () => new RegExp("\\p{L}".repeat(20_000), "u").test("x")),
  lambda("large-result", () => "\u0001".repeat(2_000_000)),
  lambda("large-body", (_event, _context, response) => response.end(Buffer.alloc(10_000_000, 0xff))),
];
