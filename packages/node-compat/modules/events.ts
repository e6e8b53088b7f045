import { AsyncResource } from "./async_hooks.js";
import { EventEmitter as Emitter, kCapture, kErrorMonitor, kRejection } from "./events/emitter.js";
import { defaults, isEventTarget, limitOf, notAnEmitter, setLimitOf, targets } from "./events/target.js";
import { addAbortListener, on, once } from "./events/waiting.js";
import type { Any } from "./internal/any.js";
import { invalidArgType } from "./internal/errors.js";
import { validateBoolean, validateNumber } from "./internal/validate.js";

export const EventEmitter = Emitter as Any;
export const usingDomains = false;
export const captureRejectionSymbol = kRejection;
export const errorMonitor = kErrorMonitor;
export const init = Emitter.init;
export { addAbortListener, on, once };

/** Copies of the listeners, unwrapped. */
export function getEventListeners(target: Any, name: string | symbol): Any[] {
  if (typeof target?.listeners === "function") return target.listeners(name);
  if (isEventTarget(target)) return targets.listeners(target, String(name)) ?? [];
  throw invalidArgType("emitter", ["EventEmitter", "EventTarget"], target);
}

export function getMaxListeners(target: Any): number {
  if (typeof target?.getMaxListeners === "function") return target.getMaxListeners();
  if (isEventTarget(target)) return limitOf(target);
  throw invalidArgType("emitter", ["EventEmitter", "EventTarget"], target);
}

export function setMaxListeners(n = defaults.maxListeners, ...targets: Any[]): void {
  validateNumber(n, "setMaxListeners", 0);
  if (targets.length === 0) defaults.maxListeners = n;
  for (const target of targets) {
    if (isEventTarget(target)) setLimitOf(target, n);
    else if (typeof target?.setMaxListeners === "function") target.setMaxListeners(n);
    else throw invalidArgType("eventTargets", ["EventEmitter", "EventTarget"], target);
  }
}

export function listenerCount(emitter: Any, name: string | symbol): number {
  if (typeof emitter?.listenerCount === "function") return emitter.listenerCount(name);
  if (isEventTarget(emitter)) return 0;
  throw notAnEmitter(emitter);
}

/** The class is made when it is asked for: hardly any app does. */
let asyncResourceClass: Any;

function eventEmitterAsyncResource(): Any {
  return (asyncResourceClass ??= class EventEmitterAsyncResource extends EventEmitter {
    #resource: AsyncResource;

    constructor(options?: Any) {
      const given = typeof options === "string" ? { name: options } : options;
      super(given);
      this.#resource = new AsyncResource(given?.name ?? new.target.name, given);
    }
    emit(name: string | symbol, ...args: Any[]): boolean {
      return this.#resource.runInAsyncScope(super.emit as Any, this, name, ...args);
    }
    emitDestroy(): void {
      this.#resource.emitDestroy();
    }
    get asyncId(): number {
      return this.#resource.asyncId();
    }
    get triggerAsyncId(): number {
      return this.#resource.triggerAsyncId();
    }
    get asyncResource(): AsyncResource {
      return this.#resource;
    }
  });
}

Object.assign(EventEmitter, { addAbortListener, once, on, getEventListeners, getMaxListeners });
Object.assign(EventEmitter, { EventEmitter, usingDomains, captureRejectionSymbol });
Object.defineProperties(EventEmitter, {
  captureRejections: {
    get: () => Emitter.prototype[kCapture as never],
    set(value: unknown) {
      validateBoolean(value, "EventEmitter.captureRejections");
      (Emitter.prototype as Any)[kCapture] = value;
    },
    enumerable: true,
    configurable: true,
  },
  EventEmitterAsyncResource: { get: eventEmitterAsyncResource, enumerable: true, configurable: true },
  errorMonitor: { value: kErrorMonitor, enumerable: true, writable: false, configurable: true },
  defaultMaxListeners: {
    get: () => defaults.maxListeners,
    set(value: number) {
      validateNumber(value, "defaultMaxListeners", 0);
      defaults.maxListeners = value;
    },
    enumerable: true,
    configurable: true,
  },
});
Object.assign(EventEmitter, { setMaxListeners, init, listenerCount });

/** For an import by name; marked as pure, so that a bundle which does not name it makes no class. */
export const EventEmitterAsyncResource = /* @__PURE__ */ eventEmitterAsyncResource();
export const captureRejections = false;
export const defaultMaxListeners = 10;
export default EventEmitter;
