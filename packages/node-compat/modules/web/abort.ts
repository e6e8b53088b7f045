import { classLimit } from "../events/target.js";
import type { Any } from "../internal/any.js";
import { domException } from "../internal/dom-exception.js";
import { invalidArgType, invalidThis, nodeError } from "../internal/errors.js";
import { validateInteger } from "../internal/validate.js";
import { Event, eventState } from "./event.js";
import { EventHandler, EventTarget, listenersChanged, listenersOf } from "./event-target.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** Only controllers and the functions of the class make signals. */
const TOKEN = Symbol("token");

interface SignalState {
  isAborted: boolean;
  reason: unknown;
  /** Whether it follows others. */
  readonly isDependent: boolean;
  /** Those that it follows, none of which follows any other. */
  readonly sources: Set<AbortSignal>;
  /** Those that follow it, which may be forgotten unless somebody listens to them. */
  readonly followers: Set<WeakRef<AbortSignal>>;
  handler: EventHandler | undefined;
}

/** Signals that follow others and are listened to: they are kept until they abort. */
const heard = new Set<AbortSignal>();
/** Takes out of a signal's followers the one that is gone, so that a signal of the whole process does not grow. */
const forgotten = new FinalizationRegistry<readonly [SignalState, WeakRef<AbortSignal>]>(
  ([source, follower]) => {
    source.followers.delete(follower);
  },
);

let stateOf: (signal: unknown) => SignalState | undefined;
let newSignal: (isDependent?: boolean) => AbortSignal;

function checked(signal: unknown): SignalState {
  const state = stateOf(signal);
  if (state === undefined) throw invalidThis("AbortSignal");
  return state;
}

export class AbortSignal extends EventTarget {
  readonly #state: SignalState;

  constructor(token?: symbol, isDependent = false) {
    if (token !== TOKEN) throw nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
    super();
    this.#state = {
      isAborted: false,
      reason: undefined,
      isDependent,
      sources: new Set(),
      followers: new Set(),
      handler: undefined,
    };
  }

  static {
    stateOf = (signal) =>
      typeof signal === "object" && signal !== null && #state in signal ? signal.#state : undefined;
    newSignal = (isDependent) => new AbortSignal(TOKEN, isDependent);
  }

  get aborted(): boolean {
    return checked(this).isAborted;
  }

  get reason(): Any {
    return checked(this).reason;
  }

  throwIfAborted(): void {
    const { isAborted, reason } = checked(this);
    if (isAborted) throw reason;
  }

  get onabort(): Any {
    return checked(this).handler?.value ?? null;
  }

  set onabort(value: Any) {
    const state = checked(this);
    (state.handler ??= new EventHandler(this, "abort")).set(value);
  }

  override [listenersChanged](type: string, size: number): void {
    const { isDependent, isAborted } = this.#state;
    if (type !== "abort" || !isDependent) return;
    if (size > 0 && !isAborted) heard.add(this);
    else heard.delete(this);
  }

  [inspectCustom](depth: number, options: Any, inspect: Any): string {
    const { isAborted: aborted } = checked(this);
    return shown(this, { aborted }, depth, options, inspect);
  }

  static abort(reason: unknown = aborted()): AbortSignal {
    const signal = newSignal();
    Object.assign(checked(signal), { isAborted: true, reason });
    return signal;
  }

  static timeout(delay: unknown): AbortSignal {
    validateInteger(delay, "delay", 0, 0xffff_ffff);
    const signal = newSignal();
    const timer: Any = setTimeout(() => {
      abortSignal(signal, domException("The operation was aborted due to timeout", "TimeoutError"));
    }, delay);
    // The signal alone keeps no request waiting.
    timer.unref();
    return signal;
  }

  static any(signals: unknown): AbortSignal {
    const given = sequenceOf(signals);
    const result = newSignal(true);
    const aborted = given.find((signal) => checked(signal).isAborted);
    if (aborted) return AbortSignal.abort(aborted.reason);
    const { sources } = checked(result);
    const follower = new WeakRef(result);
    for (const signal of given) {
      const state = checked(signal);
      for (const source of state.isDependent ? state.sources : [signal]) {
        if (sources.has(source)) continue;
        sources.add(source);
        checked(source).followers.add(follower);
        forgotten.register(result, [checked(source), follower]);
      }
    }
    return result;
  }
}

function sequenceOf(signals: Any): AbortSignal[] {
  const isObject = (typeof signals === "object" && signals !== null) || typeof signals === "function";
  if (!isObject || typeof signals[Symbol.iterator] !== "function") {
    throw nodeError(TypeError, "ERR_INVALID_ARG_TYPE", "Value can not be converted to sequence.");
  }
  return Array.from(signals as Iterable<AbortSignal>, (signal, index) => {
    if (stateOf(signal) === undefined) throw invalidArgType(`signals[${index}]`, "AbortSignal", signal);
    return signal;
  });
}

/** All that follow it are aborted before the first listener is called. */
function abortSignal(signal: AbortSignal, reason: unknown): void {
  const state = checked(signal);
  if (state.isAborted) return;
  Object.assign(state, { isAborted: true, reason });
  const followers: AbortSignal[] = [];
  for (const reference of state.followers) {
    const follower = reference.deref();
    if (follower === undefined || checked(follower).isAborted) continue;
    Object.assign(checked(follower), { isAborted: true, reason });
    followers.push(follower);
  }
  state.followers.clear();
  for (const each of [signal, ...followers]) tell(each);
}

function tell(signal: AbortSignal): void {
  heard.delete(signal);
  if (listenersOf(signal, "abort")!.length === 0) return;
  const event = new Event("abort");
  eventState(event)!.isTrusted = true;
  signal.dispatchEvent(event);
}

function aborted(): DOMException {
  return domException("This operation was aborted", "AbortError");
}

export class AbortController {
  #signal: AbortSignal | undefined;

  get signal(): AbortSignal {
    return (this.#signal ??= newSignal());
  }

  abort(reason: unknown = aborted()): void {
    abortSignal(this.signal, reason);
  }

  [inspectCustom](depth: number, options: Any, inspect: Any): string {
    return shown(this, { signal: this.signal }, depth, options, inspect);
  }
}

function shown(value: object, fields: object, depth: number, options: Any, inspect: Any): string {
  if (depth < 0) return value.constructor.name === "" ? "Object" : `${value.constructor.name} {}`;
  const inner = Number.isInteger(options.depth) ? { ...options, depth: options.depth - 1 } : options;
  return `${value.constructor.name} ${inspect(fields, inner)}`;
}

const enumerable = { enumerable: true };
Object.defineProperties(AbortController.prototype, {
  signal: enumerable,
  abort: enumerable,
  [Symbol.toStringTag]: { value: "AbortController", configurable: true },
});
Object.defineProperty(AbortController.prototype.abort, "length", { value: 0, configurable: true });
Object.defineProperties(AbortSignal.prototype, {
  aborted: enumerable,
  onabort: enumerable,
  [Symbol.toStringTag]: { value: "AbortSignal", configurable: true },
  // Any number of operations may wait for one signal.
  [classLimit]: { value: 0 },
});
Object.defineProperty(AbortSignal, "length", { value: 0, configurable: true });
