import { lambda, type LambdaFunction } from "@laconic/runtime/library";

interface Nested {
  inner?: Nested;
}

function nested(depth: number): Nested {
  const outermost: Nested = {};
  let innermost = outermost;
  for (let i = 0; i < depth; i++) innermost = innermost.inner = {};
  return outermost;
}

const itself = {
  get again(): unknown {
    return this.again;
  },
  toString(): string {
    return `${String(this)}`;
  },
  toJSON(): unknown {
    return JSON.stringify(this);
  },
};

/** Every way to recurse without end, in the app's code and in the engine's. */
export const depth: LambdaFunction[] = [
  lambda("deep-json-parse", () => JSON.parse("[".repeat(1_000_000))),
  lambda("deep-json-objects", () => JSON.parse('{"a":'.repeat(500_000))),
  lambda("deep-json-stringify", () => JSON.stringify(nested(200_000))),
  lambda("deep-reviver", () => JSON.parse('{"a":1}', reviver)),
  lambda("deep-to-json", () => JSON.stringify(itself)),
  lambda("deep-clone", () => {
    structuredClone(nested(100_000));
    return "cloned";
  }),
  lambda("deep-regexp", () => new RegExp("(?:".repeat(1_000_000) + ")".repeat(1_000_000)).source),
  lambda("deep-source", () => new Function(`return ${"[".repeat(500_000)}${"]".repeat(500_000)}`)()),
  lambda("deep-getter", () => itself.again),
  lambda("deep-to-string", () => String(itself)),
  lambda(
    "deep-proxy",
    () => new Proxy({}, { get: (_target, name, receiver) => receiver[name] })["x" as never],
  ),
  lambda("deep-flat", () => {
    let list: unknown[] = [];
    for (let i = 0; i < 300_000; i++) list = [list];
    return list.flat(Infinity);
  }),
  lambda("deep-sort", () => {
    const compare = (): number => [2, 1].sort(compare).length;
    return compare();
  }),
  lambda("deep-generator", () => {
    function* itself(): Generator<number> {
      yield* itself();
    }
    return [...itself()];
  }),
  lambda("deep-async", async () => {
    const again = async (): Promise<void> => {
      await again();
    };
    await again();
  }),
  lambda("deep-events", () => {
    const target = new EventTarget();
    target.addEventListener("x", () => target.dispatchEvent(new Event("x")));
    return target.dispatchEvent(new Event("x"));
  }),
];

function reviver(): unknown {
  return JSON.parse('{"a":1}', reviver);
}
