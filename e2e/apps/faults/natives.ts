import { lambda, type LambdaFunction } from "@laconic/runtime/library";

const LONGEST = Number.MAX_SAFE_INTEGER;
const holes = (): number[] => new Array<number>(2 ** 32 - 1);
const nearly = (): [string, string] => ["a".repeat(10_000_000), `${"a".repeat(5_000_000)}b`];

/** What the engine does in one step, of which none may go on past the deadline. */
export const natives: LambdaFunction[] = [
  lambda("loops-in-index-of", () => Array.prototype.indexOf.call({ length: LONGEST }, 1)),
  lambda("loops-in-includes", () => holes().includes(1)),
  lambda("loops-in-last-index-of", () => holes().lastIndexOf(1)),
  lambda("loops-in-reverse", () => holes().reverse().length),
  lambda("loops-in-join", () => holes().join("").length),
  lambda("loops-in-sort", () => Array.prototype.sort.call({ length: LONGEST })),
  lambda("loops-in-for-each", () => holes().forEach(() => {})),
  lambda("loops-in-copy-within", () => Array.prototype.copyWithin.call({ length: LONGEST }, 1, 0)),
  lambda("loops-in-concat", () => {
    const spread = { length: LONGEST - 1, [Symbol.isConcatSpreadable]: true };
    return ([] as unknown[]).concat(spread).length;
  }),
  lambda("loops-in-text-search", () => {
    const [text, wanted] = nearly();
    return text.indexOf(wanted);
  }),
  lambda("loops-in-text-search-from-the-end", () => {
    const [text, wanted] = nearly();
    return text.lastIndexOf(wanted);
  }),
  lambda("loops-in-split", () => {
    const [text, wanted] = nearly();
    return text.split(wanted).length;
  }),
  lambda("loops-in-replace", () => {
    const [text, wanted] = nearly();
    return text.replace(wanted, "").length;
  }),
  lambda("loops-in-big-integers", () => {
    for (;;) String(3n ** 500_000n);
  }),
  lambda("loops-in-parse", () => {
    const text = JSON.stringify(new Array(200_000).fill(1));
    for (;;) JSON.parse(text);
  }),
  lambda("loops-in-prototypes", () => {
    let innermost = Object.create(null) as { missing?: true };
    for (let depth = 0; depth < 50_000; depth++) innermost = Object.create(innermost) as typeof innermost;
    for (;;) if (innermost.missing) return;
  }),
  lambda("loops-in-evaluation", () => {
    const names = Array.from({ length: 60_000 }, (_, index) => `let name${index} = ${index};`);
    for (;;) new Function(names.join(""));
  }),
  lambda("waits-in-atomics", () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)),
  lambda("sleeps-in-atomics", () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)),
  lambda("searches-buffers", () => {
    const bytes = Buffer.alloc(4_000_000, "a");
    return [
      bytes.indexOf(`${"a".repeat(2_000_000)}b`),
      bytes.lastIndexOf(`b${"a".repeat(2_000_000)}`),
      bytes.lastIndexOf("a".repeat(2_000_000)),
    ];
  }),
  lambda("huge-reversed", () => holes().toReversed().length),
  lambda("huge-sorted", () => holes().toSorted().length),
  lambda("huge-with", () => holes().with(0, 1).length),
];
