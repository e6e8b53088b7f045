import { limitOf, ownListener, targets } from "../events/target.js";
import type { Any } from "../internal/any.js";
import { invalidArgType, invalidThis, missingArgs, nodeError } from "../internal/errors.js";
import { validateAbortSignal, validateObject } from "../internal/validate.js";
import { nextTick } from "../process/ticks.js";
import { Event, eventState, type EventState } from "./event.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** A listener of one target, in a list of those of its type. */
interface Entry {
  readonly callback: Any;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  /** Runs also when another listener stopped the event: what the platform itself listens for. */
  readonly isOwn: boolean;
  isRemoved: boolean;
  next: Entry | undefined;
  previous: Entry | undefined;
}

/** The entries of a type, in the order in which they were added. */
interface Entries {
  first: Entry | undefined;
  last: Entry | undefined;
  size: number;
  hasWarned: boolean;
}

/** Heard by a subclass of the platform's own when the number of listeners of a type has changed. */
export const listenersChanged = Symbol("listenersChanged");
let entriesOf: (target: unknown) => Map<string, Entries> | undefined;

/** The listeners of a type, in their order; undefined for what is no target. */
export function listenersOf(target: unknown, type: string): Any[] | undefined {
  const all = entriesOf(target);
  if (all === undefined) return undefined;
  const listeners: Any[] = [];
  for (let entry = all.get(type)?.first; entry; entry = entry.next) listeners.push(entry.callback);
  return listeners;
}

targets.listeners = listenersOf;

function checked(target: unknown): Map<string, Entries> {
  const entries = entriesOf(target);
  if (entries === undefined) throw invalidThis("EventTarget");
  return entries;
}

/** The platform's class, as Node has it: what a listener throws is uncaught, and the others are called all the same. */
export class EventTarget {
  /** Told how many listeners of a type there are now. */
  [listenersChanged]?(type: string, size: number): void;
  readonly #entries = new Map<string, Entries>();

  static {
    entriesOf = (target) =>
      typeof target === "object" && target !== null && #entries in target ? target.#entries : undefined;
  }

  addEventListener(...args: Any[]): void {
    const all = checked(this);
    if (args.length < 2) throw missingArgs("type", "listener");
    const listener = args[1];
    const options = optionsOf(args[2]);
    const { signal } = options;
    validateAbortSignal(signal, "options.signal");
    if (!isListener(listener)) return warnOfNone(this, args[0], listener);
    const type = `${args[0]}`;
    const capture = Boolean(options.capture);
    if (signal !== undefined) {
      if (signal.aborted) return;
      const remove = (): void => this.removeEventListener(type, listener, { capture });
      signal.addEventListener("abort", remove, { once: true, [ownListener]: true });
    }
    let entries = all.get(type);
    if (entries === undefined)
      all.set(type, (entries = { first: undefined, last: undefined, size: 0, hasWarned: false }));
    if (find(entries, listener, capture)) return;
    append(entries, {
      callback: listener,
      capture,
      once: Boolean(options.once),
      passive: Boolean(options.passive),
      isOwn: options[ownListener] === true,
      isRemoved: false,
      next: undefined,
      previous: undefined,
    });
    this[listenersChanged]?.(type, entries.size);
    warnOfMany(this, type, entries);
  }

  removeEventListener(...args: Any[]): void {
    const all = checked(this);
    if (args.length < 2) throw missingArgs("type", "listener");
    const [, listener, options] = args;
    if (!isListener(listener)) return;
    const capture = typeof options === "boolean" ? options : Boolean(options?.capture);
    const type = `${args[0]}`;
    const entries = all.get(type);
    const entry = entries && find(entries, listener, capture);
    if (entry) remove(this, type, entries, entry);
  }

  dispatchEvent(...args: Any[]): boolean {
    const all = checked(this);
    if (args.length < 1) throw missingArgs("event");
    const event = args[0];
    const state = eventState(event);
    if (state === undefined) throw invalidArgType("event", "Event", event);
    if (state.isDispatched) {
      throw nodeError(Error, "ERR_EVENT_RECURSION", `The event "${state.type}" is already being dispatched`);
    }
    state.target = this;
    state.isDispatched = true;
    const entries = all.get(state.type);
    if (entries) callAll(this, entries, event, state);
    state.isDispatched = false;
    return event.defaultPrevented !== true;
  }

  [inspectCustom](depth: number, options: Any, inspect: Any): string {
    checked(this);
    const { name } = this.constructor;
    if (depth < 0) return name;
    const inner = Number.isInteger(options.depth) ? { ...options, depth: options.depth - 1 } : options;
    return `${name} ${inspect({}, inner)}`;
  }
}

function optionsOf(options: Any): Any {
  if (typeof options === "boolean") return { capture: options };
  if (options === undefined || options === null) return {};
  if (typeof options !== "function" && !Array.isArray(options)) validateObject(options, "options");
  return options;
}

/** @throws for what can never be one */
function isListener(listener: Any): boolean {
  if (typeof listener === "function" || (typeof listener === "object" && listener !== null)) return true;
  if (listener === undefined || listener === null) return false;
  throw invalidArgType("listener", "EventListener", listener);
}

function find({ first }: Entries, callback: Any, capture: boolean): Entry | undefined {
  for (let entry = first; entry; entry = entry.next)
    if (entry.callback === callback && entry.capture === capture) return entry;
  return undefined;
}

function append(entries: Entries, entry: Entry): void {
  entry.previous = entries.last;
  if (entries.last) entries.last.next = entry;
  else entries.first = entry;
  entries.last = entry;
  entries.size++;
}

/** The entry still knows what comes after it: a dispatch may stand there. */
function remove(target: EventTarget, type: string, entries: Entries, entry: Entry): void {
  if (entry.isRemoved) return;
  entry.isRemoved = true;
  if (entry.previous) entry.previous.next = entry.next;
  else entries.first = entry.next;
  if (entry.next) entry.next.previous = entry.previous;
  else entries.last = entry.previous;
  entries.size--;
  target[listenersChanged]?.(type, entries.size);
}

function callAll(target: EventTarget, entries: Entries, event: Event, state: EventState): void {
  const { type } = state;
  let next: Entry | undefined;
  for (let entry = entries.first; entry; entry = next) {
    // Before the call, as Node does: the last one's listener may add one that is not called now.
    next = entry.next;
    if (entry.isRemoved || (state.isStopped && !entry.isOwn)) continue;
    if (entry.once) remove(target, type, entries, entry);
    state.isPassive = entry.passive;
    try {
      const { callback } = entry;
      const result: Any =
        typeof callback === "function" ? callback.call(target, event) : callMethod(callback, event);
      if (result !== undefined && result !== null) watch(result);
    } catch (error) {
      throwLater(error);
    }
    state.isPassive = false;
  }
}

/** As in Node, what this throws comes as late as what a listener's promise is rejected with. */
async function callMethod(listener: Any, event: Event): Promise<void> {
  if (listener.handleEvent) await listener.handleEvent(event);
}

/** A promise that a listener returned and that is rejected is as uncaught as an error. */
function watch(result: Any): void {
  const { then } = result;
  if (typeof then === "function") then.call(result, undefined, throwLater);
}

function throwLater(error: unknown): void {
  nextTick(() => {
    throw error;
  });
}

function warnOfNone(target: object, type: unknown, listener: unknown): void {
  const warning = new Error(`addEventListener called with ${String(listener)} which has no effect.`);
  warning.name = "AddEventListenerArgumentTypeWarning";
  emitWarning(Object.assign(warning, { target, type }));
}

function warnOfMany(target: object, type: string, entries: Entries): void {
  const limit = limitOf(target);
  if (limit === 0 || entries.size <= limit || entries.hasWarned) return;
  entries.hasWarned = true;
  const { inspect } = require("../util/inspect.js");
  const warning = new Error(
    `Possible EventTarget memory leak detected. ${entries.size} ${type} listeners added to ` +
      `${inspect(target, { depth: -1 })}. MaxListeners is ${limit}. Use events.setMaxListeners() to increase limit`,
  );
  warning.name = "MaxListenersExceededWarning";
  emitWarning(Object.assign(warning, { target, type, count: entries.size }));
}

function emitWarning(warning: Error): void {
  const { emitWarning: emit } = require("../process/warnings.js");
  emit(warning);
}

for (const [name, length] of Object.entries({
  addEventListener: 2,
  removeEventListener: 2,
  dispatchEvent: 1,
})) {
  Object.defineProperty(EventTarget.prototype, name, { enumerable: true });
  Object.defineProperty((EventTarget.prototype as Any)[name], "length", {
    value: length,
    configurable: true,
  });
}
Object.defineProperty(EventTarget.prototype, Symbol.toStringTag, {
  value: "EventTarget",
  configurable: true,
});

/** The value of an `on...` property, which is a listener while it is a function or an object. */
export class EventHandler {
  value: Any = null;
  readonly #listener = { handleEvent: (event: Event) => this.#call(event) };
  #isAdded = false;

  constructor(
    private readonly target: EventTarget,
    private readonly type: string,
  ) {}

  set(value: Any): void {
    const isCallable = typeof value === "function" || (typeof value === "object" && value !== null);
    if (isCallable && !this.#isAdded) this.target.addEventListener(this.type, this.#listener);
    else if (!isCallable && this.#isAdded) this.target.removeEventListener(this.type, this.#listener);
    this.#isAdded = isCallable;
    this.value = value;
  }

  #call(event: Event): Any {
    return typeof this.value === "function" ? this.value.call(this.target, event) : undefined;
  }
}
