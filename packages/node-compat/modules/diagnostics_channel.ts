import type { AsyncLocalStorage } from "./async_hooks/storage.js";
import type { Any, AnyFunction } from "./internal/any.js";
import { invalidArgType } from "./internal/errors.js";
import { validateFunction } from "./internal/validate.js";
import process from "./process/node-process.js";

type Name = string | symbol;
type Subscriber = (message: Any, name: Name) => void;

const channels = new Map<Name, Channel>();

export class Channel {
  readonly name: Name;
  #subscribers: readonly Subscriber[] = [];
  readonly #stores = new Map<AsyncLocalStorage, (data: Any) => Any>();

  constructor(name: Name) {
    this.name = name;
    channels.set(name, this);
  }

  get hasSubscribers(): boolean {
    return this.#subscribers.length > 0 || this.#stores.size > 0;
  }

  subscribe(subscription: Subscriber): void {
    validateFunction(subscription, "subscription");
    this.#subscribers = [...this.#subscribers, subscription];
  }

  unsubscribe(subscription: Subscriber): boolean {
    const at = this.#subscribers.indexOf(subscription);
    if (at < 0) return false;
    this.#subscribers = this.#subscribers.filter((_, index) => index !== at);
    return true;
  }

  bindStore(store: AsyncLocalStorage, transform: (data: Any) => Any = (data) => data): void {
    this.#stores.set(store, transform);
  }

  unbindStore(store: AsyncLocalStorage): boolean {
    return this.#stores.delete(store);
  }

  publish(data: Any): void {
    for (const subscriber of this.#subscribers) tell(() => subscriber(data, this.name));
  }

  runStores(data: Any, callback: AnyFunction, thisArg?: unknown, ...args: Any[]): Any {
    let run = () => {
      this.publish(data);
      return Reflect.apply(callback, thisArg, args);
    };
    for (const [store, transform] of this.#stores) {
      const inner = run;
      run = () => {
        let context: Any;
        try {
          context = transform(data);
        } catch (error) {
          throwLater(error);
          return inner();
        }
        return store.run(context, inner);
      };
    }
    return run();
  }
}

/** A subscriber that throws is no concern of who publishes. */
function tell(act: () => void): void {
  try {
    act();
  } catch (error) {
    throwLater(error);
  }
}

function throwLater(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}

export function channel(name: Name): Channel {
  const known = channels.get(name);
  if (known) return known;
  if (typeof name !== "string" && typeof name !== "symbol")
    throw invalidArgType("channel", ["string", "symbol"], name);
  return new Channel(name);
}

export function subscribe(name: Name, subscription: Subscriber): void {
  channel(name).subscribe(subscription);
}

export function unsubscribe(name: Name, subscription: Subscriber): boolean {
  return channel(name).unsubscribe(subscription);
}

export function hasSubscribers(name: Name): boolean {
  return channels.get(name)?.hasSubscribers ?? false;
}

const EVENTS = ["start", "end", "asyncStart", "asyncEnd", "error"] as const;
type Event = (typeof EVENTS)[number];

export class TracingChannel {
  declare readonly start: Channel;
  declare readonly end: Channel;
  declare readonly asyncStart: Channel;
  declare readonly asyncEnd: Channel;
  declare readonly error: Channel;

  constructor(nameOrChannels: Any) {
    for (const event of EVENTS) {
      const value =
        typeof nameOrChannels === "string"
          ? channel(`tracing:${nameOrChannels}:${event}`)
          : nameOrChannels?.[event];
      if (!(value instanceof Channel)) {
        throw invalidArgType("nameOrChannels", ["string", "object", "TracingChannel"], nameOrChannels);
      }
      Object.defineProperty(this, event, { value });
    }
  }

  get hasSubscribers(): boolean {
    return EVENTS.some((event) => this[event].hasSubscribers);
  }

  subscribe(handlers: Partial<Record<Event, Subscriber>>): void {
    for (const event of EVENTS) if (handlers[event]) this[event].subscribe(handlers[event]);
  }

  unsubscribe(handlers: Partial<Record<Event, Subscriber>>): boolean {
    const wanted = EVENTS.filter((event) => handlers[event]);
    return wanted.map((event) => this[event].unsubscribe(handlers[event]!)).every(Boolean);
  }

  traceSync(callback: AnyFunction, context: Any = {}, thisArg?: unknown, ...args: Any[]): Any {
    if (!this.hasSubscribers) return Reflect.apply(callback, thisArg, args);
    return this.start.runStores(context, () => {
      try {
        return (context.result = Reflect.apply(callback, thisArg, args));
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  tracePromise(callback: AnyFunction, context: Any = {}, thisArg?: unknown, ...args: Any[]): Any {
    if (!this.hasSubscribers) return Reflect.apply(callback, thisArg, args);
    const settle = (kind: "result" | "error", value: unknown) => {
      context[kind] = value;
      if (kind === "error") this.error.publish(context);
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    };
    return this.start.runStores(context, () => {
      try {
        const promise = Promise.resolve(Reflect.apply(callback, thisArg, args));
        return promise.then(
          (value) => (settle("result", value), value),
          (error) => {
            settle("error", error);
            throw error;
          },
        );
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }

  traceCallback(
    callback: AnyFunction,
    position = -1,
    context: Any = {},
    thisArg?: unknown,
    ...args: Any[]
  ): Any {
    if (!this.hasSubscribers) return Reflect.apply(callback, thisArg, args);
    const original = args.at(position);
    validateFunction(original, "callback");
    const { asyncStart, asyncEnd, error: failed } = this;
    const wrapped = function (this: unknown, error: unknown, value: unknown) {
      if (error) {
        context.error = error;
        failed.publish(context);
      } else context.result = value;
      // eslint-disable-next-line prefer-rest-params
      const given = arguments;
      asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(original, this, given);
        } finally {
          asyncEnd.publish(context);
        }
      });
    };
    args.splice(position, 1, wrapped);
    return this.start.runStores(context, () => {
      try {
        return Reflect.apply(callback, thisArg, args);
      } catch (error) {
        context.error = error;
        this.error.publish(context);
        throw error;
      } finally {
        this.end.publish(context);
      }
    });
  }
}

export function tracingChannel(nameOrChannels: Any): TracingChannel {
  return new TracingChannel(nameOrChannels);
}

export default { channel, hasSubscribers, subscribe, tracingChannel, unsubscribe, Channel };
