export type Listener = (...args: never[]) => void;

export interface Registration {
  readonly listener: Listener;
  readonly once: boolean;
}

/**
 * The part of Node's EventEmitter that a response's users and `stream.pipe` call. No map until somebody listens: most
 * responses live and die without a listener.
 */
export class Emitter {
  // On the prototype (below): each own property costs every request.
  declare private registered: Map<string | symbol, readonly Registration[]> | undefined;

  /** Whether anybody ever listened. */
  get isHeard(): boolean {
    return this.registered !== undefined;
  }

  on(event: string | symbol, listener: Listener): this {
    return this.register(event, { listener, once: false }, false);
  }

  addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  once(event: string | symbol, listener: Listener): this {
    return this.register(event, { listener, once: true }, false);
  }

  prependListener(event: string | symbol, listener: Listener): this {
    return this.register(event, { listener, once: false }, true);
  }

  prependOnceListener(event: string | symbol, listener: Listener): this {
    return this.register(event, { listener, once: true }, true);
  }

  off(event: string | symbol, listener: Listener): this {
    return this.unregister(
      event,
      this.registrationsOf(event).findLast((entry) => entry.listener === listener),
    );
  }

  removeListener(event: string | symbol, listener: Listener): this {
    return this.off(event, listener);
  }

  removeAllListeners(event?: string | symbol): this {
    if (event === undefined) this.registered = undefined;
    else this.registered?.delete(event);
    return this;
  }

  listeners(event: string | symbol): Listener[] {
    return this.registrationsOf(event).map((entry) => entry.listener);
  }

  listenerCount(event: string | symbol): number {
    return this.registrationsOf(event).length;
  }

  eventNames(): (string | symbol)[] {
    return [...(this.registered?.keys() ?? [])];
  }

  /** The limit only makes Node warn; nothing here counts. */
  setMaxListeners(): this {
    return this;
  }

  /** @throws the error of an `error` event that nobody listens to, as in Node */
  emit(event: string | symbol, ...args: unknown[]): boolean {
    if (this.registered === undefined && event !== "error") return false;
    const entries = this.registrationsOf(event);
    if (entries.length === 0) {
      if (event === "error") throw args[0];
      return false;
    }
    for (const entry of entries) {
      if (entry.once) this.unregister(event, entry);
      entry.listener.apply(this as never, args as never[]);
    }
    return true;
  }

  // Lists are replaced, never changed: an emit in progress goes on with the list it started with, as in Node.
  protected register(event: string | symbol, entry: Registration, first: boolean): this {
    const entries = this.registrationsOf(event);
    this.registered ??= new Map();
    this.registered.set(event, first ? [entry, ...entries] : [...entries, entry]);
    return this;
  }

  private unregister(event: string | symbol, entry: Registration | undefined): this {
    const rest = this.registrationsOf(event).filter((other) => other !== entry);
    if (rest.length > 0) this.registered?.set(event, rest);
    else this.registered?.delete(event);
    return this;
  }

  private registrationsOf(event: string | symbol): readonly Registration[] {
    return this.registered?.get(event) ?? [];
  }
}

Object.assign(Emitter.prototype, { registered: undefined });
