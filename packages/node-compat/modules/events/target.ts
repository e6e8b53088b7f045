import type { Any } from "../internal/any.js";
import { invalidArgType } from "../internal/errors.js";

/** What the event functions do with EventTarget, whose listeners the platform keeps to itself: those added here. */
const limits = new WeakMap<object, number>();

export function isEventTarget(value: Any): value is EventTarget {
  return typeof value?.addEventListener === "function" && typeof value.on !== "function";
}

export function maxListenersOf(target: object): number | undefined {
  return limits.get(target);
}

export function setMaxListenersOf(target: object, limit: number): void {
  limits.set(target, limit);
}

export function notAnEmitter(value: unknown, name = "emitter"): Error {
  return invalidArgType(name, "EventEmitter", value);
}
