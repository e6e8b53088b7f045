import { EventEmitter } from "./events/emitter.js";
import type { Any, AnyFunction } from "./internal/any.js";

/** Deprecated. Errors thrown while a domain's function runs are told to the domain. */
export class Domain extends (EventEmitter as Any) {
  readonly members: Any[] = [];

  run(callback: AnyFunction, ...args: Any[]): Any {
    return this.#guard(() => callback(...args));
  }
  bind(callback: AnyFunction): AnyFunction {
    return (...args) => this.#guard(() => callback(...args));
  }
  intercept(callback: AnyFunction): AnyFunction {
    return (error: unknown, ...args: Any[]) =>
      error ? this.emit("error", error) : this.#guard(() => callback(...args));
  }
  add(member: Any): void {
    this.members.push(member);
  }
  remove(member: Any): void {
    const at = this.members.indexOf(member);
    if (at >= 0) this.members.splice(at, 1);
  }
  enter(): void {}
  exit(): void {}

  #guard(act: () => Any): Any {
    try {
      return act();
    } catch (error) {
      if (this.listenerCount("error") === 0) throw error;
      this.emit("error", error);
      return undefined;
    }
  }
}

export const createDomain = (): Domain => new Domain();
export const create = createDomain;
export const active = null;

export default { _stack: [], Domain, createDomain, create, active };
