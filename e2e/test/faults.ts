import { expect } from "vitest";

/** A function of the sample app `faults`, and how its request must end; a correct one follows in the same process. */
export interface Fault {
  readonly fn: string;
  readonly fails?: { readonly errorType: RegExp; readonly errorMessage: RegExp };
  readonly answers?: unknown;
  /** Lines that the stack trace must hold, in this order. */
  readonly trace?: readonly RegExp[];
  /** Milliseconds until Lambda would end the request; default 30,000. */
  readonly timeoutMs?: number;
}

/** The deadline of what runs until it: a second in which the machine may be busy with something else. */
const SOON_MS = 1000;

function fails(errorType: RegExp, errorMessage: RegExp, ...fns: readonly string[]): Fault[] {
  return fns.map((fn) => ({ fn, fails: { errorType, errorMessage } }));
}

const tooDeep = fails(
  /^RangeError$/,
  /^Maximum call stack size exceeded$/,
  ...["deep-json-parse", "deep-json-objects", "deep-json-stringify", "deep-reviver", "deep-to-json"],
  ...["deep-regexp", "deep-source", "deep-getter", "deep-to-string", "deep-proxy", "deep-flat", "deep-sort"],
  ...["deep-generator", "deep-async", "deep-clone", "deep-events", "deep-iterators"],
  ...["deep-iterators-closed", "deep-delegation", "deep-result", "deep-keys"],
);

const late = fails(
  /^Timeout$/,
  /^Function ".+" was stopped after [\d.]+ s, shortly before its deadline\.$/,
  ...["loops-in-index-of", "loops-in-includes", "loops-in-last-index-of", "loops-in-reverse"],
  ...["loops-in-join", "loops-in-sort", "loops-in-for-each", "loops-in-copy-within", "loops-in-concat"],
  ...["loops-in-text-search", "loops-in-text-search-from-the-end", "loops-in-split"],
  ...["loops-in-replace", "loops-in-big-integers", "loops-in-parse", "loops-in-prototypes"],
  ...["loops-in-evaluation", "waits-in-atomics", "loops-in-message", "loops-in-stack", "loops-in-cause"],
  ...["loops-in-proxy", "loops-in-to-json", "loops-in-result", "loops-in-to-primitive"],
  ...["loops-in-prepared-stack"],
  ...["derives-key", "derives-odd-key", "derives-key-later", "derives-long-key", "generates-keys"],
  ...["generates-prime", "hashes-for-ever", "compiles-alternatives", "compiles-class"],
  ...["evaluates-long-text", "trims", "normalises", "reads-numbers", "names-properties", "stringifies"],
  ...["encodes"],
).map((fault) => ({ ...fault, timeoutMs: SOON_MS }));

const hostile: readonly Fault[] = [
  ...fails(/^Error$/, /^hostile$/, "throws-refusing-stack", "throws-refusing-cause"),
  ...fails(/^Error$/, /^$/, "throws-refusing-message"),
  ...fails(/^Error$/, /./, "throws-revoked-proxy", "throws-itself-for-everything", "throws-refusing-json"),
  ...fails(/^Error$/, /^{}$/, "throws-bare"),
  ...fails(/^Error$/, /^frozen$/, "throws-frozen"),
  {
    fn: "throws-cause-ring-of-two",
    fails: { errorType: /^Error$/, errorMessage: /^one$/ },
    trace: [/^Caused by: Error: other$/],
  },
  ...fails(/./, /^another one$/, "throws-endless-causes"),
  ...fails(/^AggregateError$/, /^level 29$/, "throws-bomb-of-errors"),
  ...fails(/^Error$/, /^x$/, "throws-huge-stack", "throws-huge-line"),
];

const outOfMemory = fails(
  /^OutOfMemory$/,
  /^Out of memory: the app may use \d+ MB, 75 % of the function's memory\. /,
  ...["hoard-arrays", "hoard-objects", "hoard-closures", "hoard-buffers", "hoard-map"],
  ...["hoard-promises", "hoard-timers", "hoard-shared", "huge-array", "huge-fill"],
  ...["huge-string", "huge-join", "endless-body", "endless-file", "hoard-chain", "hoard-ticks"],
  ...["hoard-microtasks", "hoard-regexp"],
);

/** What the language has no room for, however much memory there is. */
const tooLong: readonly Fault[] = [
  ...fails(/^RangeError$/, /^Invalid string length$/, "hoard-strings"),
  ...fails(/^RangeError$/, /^Invalid array length$/, "huge-reversed", "huge-sorted", "huge-with"),
];

const timeouts = fails(
  /^Timeout$/,
  /^Function ".+" was stopped after [\d.]+ s, shortly before its deadline\.$/,
  ...["loops-in-finally", "loops-in-catch", "loops-in-regexp", "loops-in-getter", "loops-in-jobs"],
  ...["loops-in-ticks", "loops-in-async-generator", "loops-in-thenable", "waits-for-interval"],
  ...["waits-for-long-timer"],
).map((fault) => ({ ...fault, timeoutMs: SOON_MS }));

const thrown: readonly Fault[] = [
  ...fails(/^Error$/, /^null$/, "throws-null"),
  ...fails(/^Error$/, /^undefined$/, "throws-undefined"),
  ...fails(/^Error$/, /^Symbol\(sign\)$/, "throws-symbol"),
  ...fails(/^Error$/, /^10$/, "throws-big-int"),
  ...fails(/^Error$/, /^function odd/, "throws-function"),
  ...fails(/^Error$/, /^{"status":418}$/, "throws-object"),
  {
    fn: "throws-cause",
    fails: { errorType: /^Error$/, errorMessage: /^outer$/ },
    trace: [
      /^at .*errors\.ts:\d+:\d+/,
      /^Caused by: TypeError: inner$/,
      /^at .*errors\.ts/,
      /^Caused by: root$/,
    ],
  },
  ...fails(/^Error$/, /^ring$/, "throws-cause-ring"),
  {
    fn: "throws-aggregate",
    fails: { errorType: /^AggregateError$/, errorMessage: /^many$/ },
    trace: [/^at .*errors\.ts/, /^Error 1 of 2: Error: first$/, /^Error 2 of 2: TypeError: second$/],
  },
  ...fails(/^Error$/, /./, "throws-hostile-getters", "throws-hostile-proxy"),
  ...fails(/^Error$/, /^.*$/, "throws-odd-properties"),
  ...fails(/^Error$/, /^x{60000,}… \(20000000 bytes in all\)$/, "throws-huge-message"),
  ...fails(/./, /^. bad$/u, "throws-half-pairs"),
  ...fails(/^Error$/, /^x$/, "throws-header-breaking-name"),
  ...fails(/^Mine$/, /^mine$/, "throws-own-type"),
  {
    fn: "throws-three-deep",
    fails: { errorType: /^TypeError$/, errorMessage: /^deep down$/ },
    trace: [
      /^at three \(errors\.ts:11:\d+\)$/,
      /^at two \(errors\.ts:15:\d+\)$/,
      /^at one \(errors\.ts:19:\d+\)$/,
      /^at .+ \(errors\.ts:61:\d+\)$/,
    ],
  },
  {
    fn: "throws-in-timer",
    fails: { errorType: /^TypeError$/, errorMessage: /^deep down$/ },
    trace: [
      /^at three \(errors\.ts:11:\d+\)$/,
      /^at two \(errors\.ts:15:\d+\)$/,
      /^at one \(errors\.ts:19:\d+\)$/,
    ],
  },
  {
    fn: "rejects-any",
    fails: { errorType: /^AggregateError$/, errorMessage: /^.*$/ },
    trace: [/^Error 1 of 2: Error: first$/, /^Error 2 of 2: second$/],
  },
  ...fails(/^ProcessExit$/, /^The function called process\.exit\(3\)/, "exits", "exits-in-timer"),
  ...fails(/^ProcessExit$/, /^The function called process\.abort\(\)/, "aborts"),
  ...fails(/^ProcessExit$/, /^The function called process\.kill\(/, "kills"),
  ...fails(/^Error$/, /^still told$/, "breaks-error-hooks"),
];

const sabotage: readonly Fault[] = [
  { fn: "spoils-arrays", answers: "spoilt" },
  { fn: "mends-arrays", answers: "mended" },
  { fn: "spoils-promises", answers: "spoilt" },
  { fn: "mends-promises", answers: "mended" },
  { fn: "spoils-json", answers: "spoilt" },
  { fn: "mends-json", answers: "mended" },
  { fn: "spoils-methods", answers: "spoilt" },
  { fn: "mends-methods", answers: "mended" },
  { fn: "leaves-throwing-finalizer", answers: "left" },
  { fn: "waits", answers: "waited" },
  { fn: "abandons-generator", answers: "abandoned" },
  { fn: "sorts-without-order", answers: 10_000 },
  { fn: "shrinks-while-sorting", answers: 1000 },
];

const tooLarge = fails(
  /^Function\.ResponseSizeTooLarge$/,
  /^LAC6110: the result has \d+ bytes and Lambda takes 6291556; /,
  ...["large-result", "large-body"],
);

/** What goes wrong, one after another in one process. */
export const faults: readonly Fault[] = [
  ...thrown,
  ...hostile,
  ...tooDeep,
  ...outOfMemory,
  ...tooLong,
  ...tooLarge,
  // Whether the memory or the time is at an end first is the machine's.
  ...fails(/^(OutOfMemory|Timeout)$/, /./, "reads-random-bytes").map((fault) => ({
    ...fault,
    timeoutMs: SOON_MS,
  })),
  // The URL parser calls whatever goes wrong in it an invalid URL.
  ...fails(/^(OutOfMemory|TypeError)$/, /./, "hoard-urls"),
  ...fails(/^(OutOfMemory|RangeError)$/, /memory|length|size|allocation/i, "huge-buffer"),
  ...fails(/^RangeError$/, /^BigInt is too large/, "huge-integer"),
  { fn: "caught-hoard", answers: { caught: expect.stringMatching(/memory/) } },
  { fn: "searches-buffers", answers: [-1, -1, 2_000_000] },
  { fn: "sleeps-in-atomics", answers: "timed-out" },
  ...timeouts,
  ...late,
  ...fails(/^NeverSettled$/, /never settled/, "waits-for-unreferenced-timer"),
  { fn: "leaves-interval", answers: "left" },
  { fn: "leaves-throwing-timer", answers: "left" },
  { fn: "waits", answers: "waited" },
  { fn: "leaves-rejection", answers: "left" },
  { fn: "waits", answers: "waited" },
  { fn: "leaves-jobs", answers: "left" },
  { fn: "waits", answers: "waited" },
  ...fails(/^Error$/, /^without globals$/, "breaks-globals"),
  ...sabotage,
];
