import { lambda, type LambdaFunction } from "@laconic/runtime/library";

function throws(name: string, make: () => unknown): LambdaFunction {
  return lambda(name, () => {
    throw make();
  });
}

/** Throws from three calls deep, for the frames. */
function three(): never {
  throw new TypeError("deep down");
}

function two(): never {
  return three();
}

function one(): never {
  return two();
}

/** Everything that can be thrown. */
export const errors: LambdaFunction[] = [
  throws("throws-null", () => null),
  throws("throws-undefined", () => undefined),
  throws("throws-symbol", () => Symbol("sign")),
  throws("throws-big-int", () => 10n),
  throws("throws-function", () => function odd() {}),
  throws("throws-object", () => ({ status: 418 })),
  throws("throws-cause", () => new Error("outer", { cause: new TypeError("inner", { cause: "root" }) })),
  throws("throws-cause-ring", () => {
    const error = new Error("ring");
    error.cause = error;
    return error;
  }),
  throws("throws-aggregate", () => new AggregateError([new Error("first"), new TypeError("second")], "many")),
  throws("throws-hostile-getters", () => ({
    get message() {
      throw new Error("no message for you");
    },
    get name() {
      throw new Error("no name either");
    },
  })),
  throws(
    "throws-hostile-proxy",
    () =>
      new Proxy(new Error("behind"), {
        get() {
          throw new Error("trap");
        },
      }),
  ),
  throws("throws-odd-properties", () =>
    Object.assign(new Error("x"), { name: {}, message: Symbol("m"), stack: 12 }),
  ),
  throws("throws-huge-message", () => new Error("x".repeat(20_000_000))),
  throws("throws-half-pairs", () => Object.assign(new Error("\ud83d bad"), { name: "\udfff" })),
  throws("throws-header-breaking-name", () => Object.assign(new Error("x"), { name: "a\r\nb: c" })),
  throws("throws-own-type", () => Object.assign(new Error("mine"), { errorType: "Mine" })),
  lambda("throws-three-deep", () => one()),
  lambda("throws-in-timer", () => new Promise(() => setTimeout(one, 1))),
  lambda("rejects-any", () => Promise.any([Promise.reject(new Error("first")), Promise.reject("second")])),
  lambda("exits", () => process.exit(3)),
  lambda("exits-in-timer", () => new Promise(() => setTimeout(() => process.exit(3), 1))),
  lambda("aborts", () => process.abort()),
  lambda("kills", () => process.kill(process.pid, "SIGKILL")),
  lambda("breaks-error-hooks", () => {
    Error.prepareStackTrace = () => {
      throw new Error("no trace");
    };
    try {
      throw new Error("still told");
    } finally {
      (Error as { prepareStackTrace?: unknown }).prepareStackTrace = undefined;
    }
  }),
];
