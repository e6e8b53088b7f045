import type { Any } from "../internal/any.js";
import { invalidArgType } from "../internal/errors.js";

/** How many listeners of one event an emitter or a target has before it warns. */
export const defaults = { maxListeners: 10 };
const limits = new WeakMap<object, number>();
/** The limit of a class of targets. */
export const classLimit = Symbol("classLimit");

export function limitOf(target: Any): number {
  return limits.get(target as object) ?? target[classLimit] ?? defaults.maxListeners;
}

export function setLimitOf(target: object, limit: number): void {
  limits.set(target, limit);
}

/** What the class of targets tells of its instances, once there may be one. */
export const targets: { listeners: (target: unknown, type: string) => Any[] | undefined } = {
  listeners: () => undefined,
};

/** An option of a listener that another one cannot keep from being called. */
export const ownListener = Symbol("ownListener");

export function isEventTarget(value: Any): value is EventTarget {
  return typeof value?.addEventListener === "function" && typeof value.on !== "function";
}

export function notAnEmitter(value: unknown, name = "emitter"): Error {
  return invalidArgType(name, "EventEmitter", value);
}
