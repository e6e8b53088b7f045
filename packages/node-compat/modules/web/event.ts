import { engineProcess } from "../globals/engine-process.js";
import type { Any } from "../internal/any.js";
import { invalidThis, missingArgs } from "../internal/errors.js";
import { validateObject } from "../internal/validate.js";

const inspectCustom = Symbol.for("nodejs.util.inspect.custom");

/** What a dispatch needs to know and to change of its event. */
export interface EventState {
  type: string;
  target: object | null;
  isDispatched: boolean;
  isPassive: boolean;
  isStopped: boolean;
  isTrusted: boolean;
}

let stateIn: (event: unknown) => EventState | undefined;

/** @returns undefined for what is no event */
export function eventState(event: unknown): EventState | undefined {
  return stateIn(event);
}

function checked(event: unknown): EventState {
  const state = stateIn(event);
  if (state === undefined) throw invalidThis("Event");
  return state;
}

/** The platform's class, as Node has it: a target has no parents, so an event is only ever at it. */
export class Event {
  static readonly NONE: number;
  static readonly CAPTURING_PHASE: number;
  static readonly AT_TARGET: number;
  static readonly BUBBLING_PHASE: number;

  readonly #state: EventState;
  readonly #composed: boolean;
  readonly #time = engineProcess.uptime() * 1000;
  #bubbles: boolean;
  #cancelable: boolean;
  #isPrevented = false;
  #isPropagationStopped = false;

  constructor(...args: Any[]) {
    if (args.length === 0) throw missingArgs("type");
    const [type, options] = args;
    if (options !== undefined && options !== null) validateObject(options, "options");
    this.#bubbles = Boolean(options?.bubbles);
    this.#cancelable = Boolean(options?.cancelable);
    this.#composed = Boolean(options?.composed);
    this.#state = {
      type: `${type}`,
      target: null,
      isDispatched: false,
      isPassive: false,
      isStopped: false,
      isTrusted: false,
    };
  }

  static {
    stateIn = (event) =>
      typeof event === "object" && event !== null && #state in event ? event.#state : undefined;
  }

  initEvent(...args: Any[]): void {
    const state = checked(this);
    if (args.length === 0) throw missingArgs("type");
    if (state.isDispatched) return;
    state.type = `${args[0]}`;
    this.#bubbles = Boolean(args[1]);
    this.#cancelable = Boolean(args[2]);
  }

  stopImmediatePropagation(): void {
    this.stopPropagation();
    checked(this).isStopped = true;
  }

  preventDefault(): void {
    const { isPassive } = checked(this);
    if (this.#cancelable && !isPassive) this.#isPrevented = true;
  }

  get target(): Any {
    return checked(this).target;
  }
  get currentTarget(): Any {
    const { isDispatched, target } = checked(this);
    return isDispatched ? target : null;
  }
  get srcElement(): Any {
    return checked(this).target;
  }
  get type(): string {
    return checked(this).type;
  }
  get cancelable(): boolean {
    checked(this);
    return this.#cancelable;
  }
  get defaultPrevented(): boolean {
    checked(this);
    return this.#cancelable && this.#isPrevented;
  }
  get timeStamp(): number {
    checked(this);
    return this.#time;
  }

  composedPath(): Any[] {
    const { isDispatched, target } = checked(this);
    return isDispatched ? [target] : [];
  }

  get returnValue(): boolean {
    checked(this);
    return !this.#cancelable || !this.#isPrevented;
  }
  set returnValue(value: unknown) {
    checked(this);
    if (!value) this.preventDefault();
  }
  get bubbles(): boolean {
    checked(this);
    return this.#bubbles;
  }
  get composed(): boolean {
    checked(this);
    return this.#composed;
  }
  get eventPhase(): number {
    return checked(this).isDispatched ? 2 : 0;
  }
  get cancelBubble(): boolean {
    checked(this);
    return this.#isPropagationStopped;
  }
  set cancelBubble(value: unknown) {
    checked(this);
    if (value) this.#isPropagationStopped = true;
  }

  stopPropagation(): void {
    checked(this);
    this.#isPropagationStopped = true;
  }

  get isTrusted(): boolean {
    return checked(this).isTrusted;
  }

  [inspectCustom](depth: number, options: Any, inspect: Any): string {
    checked(this);
    const { name } = this.constructor;
    if (depth < 0) return name;
    const { type, defaultPrevented, cancelable, timeStamp } = this;
    const inner = Number.isInteger(options.depth) ? { ...options, depth: options.depth - 1 } : options;
    return `${name} ${inspect({ type, defaultPrevented, cancelable, timeStamp }, inner)}`;
  }
}

/** An event with something of the app's own. */
export class CustomEvent extends Event {
  readonly #detail: unknown;

  constructor(...args: Any[]) {
    super(...args);
    this.#detail = args[1]?.detail ?? null;
  }

  get detail(): unknown {
    if (!(#detail in this)) throw invalidThis("CustomEvent");
    return this.#detail;
  }
}

const enumerable = { enumerable: true };
const shown = [
  ...[
    "initEvent",
    "stopImmediatePropagation",
    "preventDefault",
    "target",
    "currentTarget",
    "srcElement",
    "type",
  ],
  ...["cancelable", "defaultPrevented", "timeStamp", "composedPath", "returnValue", "bubbles", "composed"],
  ...["eventPhase", "cancelBubble", "stopPropagation", "isTrusted"],
];
for (const name of shown) Object.defineProperty(Event.prototype, name, enumerable);
Object.defineProperty(Event.prototype, "isTrusted", { configurable: false });
Object.defineProperty(CustomEvent.prototype, "detail", enumerable);
for (const [index, name] of ["NONE", "CAPTURING_PHASE", "AT_TARGET", "BUBBLING_PHASE"].entries())
  Object.defineProperty(Event, name, { value: index, enumerable: true });
for (const each of [Event, CustomEvent]) {
  Object.defineProperty(each, "length", { value: 1, configurable: true });
  Object.defineProperty(each.prototype, Symbol.toStringTag, { value: each.name, configurable: true });
}
Object.defineProperty(Event.prototype.initEvent, "length", { value: 1, configurable: true });
