export type Listener = (...args: never[]) => void;

interface Registration {
  readonly listener: Listener;
  readonly once: boolean;
}

/** The part of Node's EventEmitter that a response's users and `stream.pipe` call; no map until somebody listens. */
export class Emitter {
  #listeners: Map<string | symbol, Registration[]> | undefined;

  on(event: string | symbol, listener: Listener): this {
    return this.#add(event, { listener, once: false }, false);
  }

  addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener);
  }

  prependListener(event: string | symbol, listener: Listener): this {
    return this.#add(event, { listener, once: false }, true);
  }

  once(event: string | symbol, listener: Listener): this {
    return this.#add(event, { listener, once: true }, false);
  }

  off(event: string | symbol, listener: Listener): this {
    const list = this.#listeners?.get(event);
    const index = list?.findLastIndex((entry) => entry.listener === listener) ?? -1;
    // A copy: an emit in progress goes on with the list it started with, as in Node.
    if (index >= 0) this.#listeners?.set(event, list!.toSpliced(index, 1));
    return this;
  }

  removeListener(event: string | symbol, listener: Listener): this {
    return this.off(event, listener);
  }

  removeAllListeners(event?: string | symbol): this {
    if (event === undefined) this.#listeners = undefined;
    else this.#listeners?.delete(event);
    return this;
  }

  listeners(event: string | symbol): Listener[] {
    return (this.#listeners?.get(event) ?? []).map((entry) => entry.listener);
  }

  listenerCount(event: string | symbol): number {
    return this.#listeners?.get(event)?.length ?? 0;
  }

  eventNames(): (string | symbol)[] {
    return [...(this.#listeners?.keys() ?? [])].filter((event) => this.listenerCount(event) > 0);
  }

  /** The limit only makes Node warn; nothing here counts. */
  setMaxListeners(): this {
    return this;
  }

  emit(event: string | symbol, ...args: unknown[]): boolean {
    const list = this.#listeners?.get(event);
    if (list === undefined || list.length === 0) return false;
    for (const entry of list) {
      if (entry.once) this.off(event, entry.listener);
      entry.listener.apply(this as never, args as never[]);
    }
    return true;
  }

  #add(event: string | symbol, entry: Registration, first: boolean): this {
    const list = (this.#listeners ??= new Map<string | symbol, Registration[]>()).get(event) ?? [];
    this.#listeners.set(event, first ? [entry, ...list] : [...list, entry]);
    return this;
  }
}
