import buffer, { atob as imported } from "node:buffer";
import { inspect, types } from "node:util";
import { attempt, generator } from "./attempt.mjs";

export function run(log) {
  base64(log);
  exceptions(log);
  navigators(log);
}

function base64(log) {
  const texts = [
    "",
    "a",
    "ab",
    "abc",
    "héllo",
    "\0\xff",
    "日本",
    " ",
    "x".repeat(100),
    5,
    null,
    undefined,
    {},
    [1, 2],
    true,
  ];
  for (const text of texts)
    log(
      "btoa",
      attempt(() => btoa(text)),
    );
  const codes = [
    "",
    "YQ==",
    "YQ=",
    "YQ",
    "YWI=",
    "YWJj",
    " Y\tW\nJ\fj\r",
    "a!",
    "a",
    "abcde",
    "ab=c",
    "====",
    "=",
    "==",
    "YQ===",
    "YR==",
    "-_-_",
    "YQ\u00a0==",
    "日",
    "YQ=="[0],
    12,
    null,
    undefined,
    {},
    [],
    "YWJj\0",
    "YQ==YQ==",
    "/+/+",
  ];
  for (const code of codes)
    log(
      "atob",
      attempt(() => atob(code)),
    );
  log(
    "nothing",
    attempt(() => atob()),
    attempt(() => btoa()),
  );
  for (const act of [() => atob("a!"), () => btoa("日")]) {
    try {
      act();
    } catch (error) {
      log(
        "error",
        error.name,
        String(error.code),
        error.constructor.name,
        String(error instanceof DOMException),
        error.message,
      );
    }
  }
  log(
    "same",
    String(imported === atob),
    String(buffer.btoa === btoa),
    String(buffer.Blob === Blob),
    String(buffer.File === File),
  );
  log("names", atob.name, String(atob.length), btoa.name, String(btoa.length));
  const { bytes, below } = generator(7);
  for (let round = 0; round < 40; round++) {
    const text = bytes(below(60)).toString("latin1");
    log("round trip", btoa(text), String(atob(btoa(text)) === text));
  }
}

const NAMES = [
  "Error",
  "AbortError",
  "DataCloneError",
  "TimeoutError",
  "SyntaxError",
  "QuotaExceededError",
  "NotFoundError",
  "EncodingError",
  "OperationError",
  "InUseAttributeError",
  "URLMismatchError",
  "Nothing",
  "",
];

function exceptions(log) {
  for (const name of NAMES) {
    const error = new DOMException("message", name);
    log(
      `DOMException ${name}`,
      error.name,
      error.message,
      String(error.code),
      String(error),
      error.stack.split("\n")[0],
    );
  }
  const made = [
    [],
    ["m"],
    ["m", undefined],
    [null, null],
    [5, 6],
    ["m", { name: "AbortError" }],
    ["m", { name: "X", cause: 1 }],
    ["m", {}],
    ["m", { cause: undefined }],
    [undefined, undefined],
    ["m", []],
  ];
  for (const given of made) {
    const error = new DOMException(...given);
    log("made", error.name, error.message, String(error.code), String("cause" in error), String(error.cause));
    log("own", Object.keys(error).join(), Reflect.ownKeys(error).map(String).sort().join());
  }
  for (const act of [
    () => DOMException(),
    () => DOMException.prototype.name,
    () => DOMException.prototype.code,
    () => DOMException.prototype.message,
    () => new DOMException(Symbol("a")),
  ]) {
    try {
      log("wrong", String(act()));
    } catch (error) {
      log("wrong", error.name, String(error.code));
    }
  }
  const error = new DOMException("m", "AbortError");
  class Own extends DOMException {}
  const own = new Own("m", "DataError");
  log(
    "kind",
    String(error instanceof Error),
    Object.prototype.toString.call(error),
    String(types.isNativeError(error)),
    JSON.stringify(error),
  );
  log(
    "own class",
    own.constructor.name,
    own.name,
    String(own instanceof DOMException),
    String(own.code),
    String(own),
  );
  log(
    "shape",
    Reflect.ownKeys(DOMException.prototype)
      .map(String)
      // Node's own marks.
      .filter((name) => !name.includes("messaging"))
      .join(),
    String(DOMException.length),
    DOMException.name,
  );
  log(
    "statics",
    Object.keys(DOMException).join(),
    String(DOMException.DATA_CLONE_ERR),
    String(error.ABORT_ERR),
  );
  log(
    "parents",
    String(Object.getPrototypeOf(DOMException) === Function.prototype),
    String(Object.getPrototypeOf(DOMException.prototype) === Error.prototype),
  );
  for (const name of ["name", "message", "code", "ABORT_ERR"]) {
    const { enumerable, configurable } = Object.getOwnPropertyDescriptor(DOMException.prototype, name);
    log(`property ${name}`, String(enumerable), String(configurable));
  }
  log("inspect", inspect(error).split("\n")[0]);
  log(
    "aborted",
    attempt(() => AbortSignal.abort().throwIfAborted()),
    AbortSignal.abort().reason.constructor.name,
  );
}

function navigators(log) {
  for (const name of ["userAgent", "language", "languages", "platform"])
    log(name, JSON.stringify(navigator[name]));
  log("processors", String(navigator.hardwareConcurrency > 0));
  log(
    "same list",
    String(navigator.languages === navigator.languages),
    String(Object.isFrozen(navigator.languages)),
  );
  log(
    "class",
    navigator.constructor.name,
    String(navigator instanceof Navigator),
    Object.keys(navigator).join(),
  );
  log("members", Reflect.ownKeys(Navigator.prototype).map(String).sort().join());
  log(
    "made",
    attempt(() => new Navigator()),
  );
}
