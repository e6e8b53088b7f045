import { lambda, type LambdaFunction } from "@laconic/runtime/library";

function throws(name: string, make: () => unknown): LambdaFunction {
  return lambda(name, () => {
    throw make();
  });
}

/** An error with an accessor of that name. */
function withGetter(name: string, get: () => unknown): Error {
  return Object.defineProperty(new Error("hostile"), name, { get, configurable: true });
}

function refuse(): never {
  throw new Error("refused");
}

function loop(): never {
  for (;;);
}

interface Chained {
  readonly message: string;
  readonly cause: Chained;
}

const chained = (): Chained => ({
  message: "another one",
  get cause() {
    return chained();
  },
});

/** Errors that fight back when they are read. */
export const hostile: LambdaFunction[] = [
  throws("throws-refusing-stack", () => withGetter("stack", refuse)),
  throws("throws-refusing-cause", () => withGetter("cause", refuse)),
  throws("throws-refusing-message", () => withGetter("message", refuse)),
  throws("throws-revoked-proxy", () => {
    const { proxy, revoke } = Proxy.revocable(new Error("behind"), {});
    revoke();
    return proxy;
  }),
  throws("throws-itself-for-everything", () => {
    const itself: object = new Proxy(function () {}, { get: () => itself, apply: () => itself });
    return itself;
  }),
  throws("throws-cause-ring-of-two", () => {
    const [one, other] = [new Error("one"), new Error("other")];
    one.cause = other;
    other.cause = one;
    return one;
  }),
  throws("throws-endless-causes", chained),
  throws("throws-bomb-of-errors", () => {
    let bomb = new Error("leaf");
    for (let level = 0; level < 30; level++) bomb = new AggregateError([bomb, bomb], `level ${level}`);
    return bomb;
  }),
  throws("throws-huge-stack", () =>
    Object.assign(new Error("x"), { stack: `Error: x\n${"    at f (a.js:1:1)\n".repeat(500_000)}` }),
  ),
  throws("throws-huge-line", () =>
    Object.assign(new Error("x"), { stack: `Error: x\n    at ${"f".repeat(10_000_000)}` }),
  ),
  throws("throws-refusing-json", () => ({ toJSON: refuse, toString: refuse, [Symbol.toPrimitive]: refuse })),
  throws("throws-frozen", () => Object.freeze(new Error("frozen"))),
  throws("throws-bare", () => Object.create(null) as object),
  throws("loops-in-message", () => withGetter("message", loop)),
  throws("loops-in-stack", () => withGetter("stack", loop)),
  throws("loops-in-cause", () => withGetter("cause", loop)),
  throws("loops-in-proxy", () => new Proxy(new Error("behind"), { get: loop })),
  throws("loops-in-to-json", () => ({ toJSON: loop })),
  lambda("loops-in-result", () => ({ toJSON: loop })),
  lambda("loops-in-to-primitive", () => `${{ [Symbol.toPrimitive]: loop } as unknown as string}`),
  lambda("loops-in-prepared-stack", () => {
    Error.prepareStackTrace = () => {
      // What is stopped at the deadline runs no `finally`.
      (Error as { prepareStackTrace?: unknown }).prepareStackTrace = undefined;
      loop();
    };
    throw new Error("prepared");
  }),
];
