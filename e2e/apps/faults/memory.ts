import { lambda, type LambdaFunction } from "@laconic/runtime/library";

/** Keeps what `make` gives until there is no more. */
function hoard(make: (index: number) => unknown): never {
  const kept: unknown[] = [];
  for (let index = 0; ; index++) kept.push(make(index));
}

/** Every way to fill the memory: the engine's objects, its buffers, and those of native code. */
export const memory: LambdaFunction[] = [
  lambda("hoard-arrays", () => hoard(() => new Float64Array(1_000_000).fill(1))),
  lambda("hoard-objects", () => hoard((index) => ({ index, text: `${index}` }))),
  lambda("hoard-closures", () => hoard((index) => () => index)),
  lambda("hoard-buffers", () => hoard(() => Buffer.alloc(10_000_000, 1))),
  lambda("hoard-strings", () => {
    let text = "x";
    for (;;) text += text;
  }),
  lambda("hoard-map", () => {
    const map = new Map<number, object>();
    for (let i = 0; ; i++) map.set(i, { i });
  }),
  lambda("hoard-promises", async () => hoard(() => Promise.resolve().then(() => 1))),
  lambda("hoard-timers", () => hoard(() => setTimeout(() => {}, 1_000_000).unref())),
  lambda("hoard-urls", () => hoard((index) => new URL(`https://example.com/${"x".repeat(10_000)}/${index}`))),
  lambda("hoard-shared", () => hoard(() => new Uint8Array(new SharedArrayBuffer(5_000_000)).fill(1))),
  lambda("huge-buffer", () => Buffer.alloc(2 ** 40).length),
  lambda("huge-array", () => new Uint8Array(2 ** 30).length),
  lambda("huge-fill", () => new Array(2 ** 32 - 1).fill(0).length),
  lambda("huge-string", () => "x".padEnd(2 ** 29).length),
  lambda("huge-join", () => new Array(2 ** 22).join("x".repeat(1000)).length),
  lambda("huge-integer", () => {
    let power = 2n;
    for (;;) power *= power;
  }),
  lambda("caught-hoard", () => {
    try {
      hoard(() => new Uint8Array(1_000_000).fill(1));
    } catch (error) {
      return { caught: String((error as Error).message) };
    }
  }),
];
