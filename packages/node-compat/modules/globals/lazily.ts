/** The engine's own of a global that another takes the place of, as far as that is a plain value. */
export const own: Record<string, unknown> = {};

/**
 * Puts a global, or a member of one, in the place of the engine's: evaluated when it is first asked for, so that an app that never makes a
 * Response never pays for the class.
 */
export function lazily(holder: object, name: string, source: () => unknown, enumerable = false): void {
  const settle = (value: unknown): void => {
    Object.defineProperty(holder, name, { value, writable: true, enumerable, configurable: true });
  };
  // By their names: a computed one would count as a use of every global that has a place here.
  if (name === "process") own[name] = Object.getOwnPropertyDescriptor(globalThis, "process")?.value;
  if (name === "performance") own[name] = Object.getOwnPropertyDescriptor(globalThis, "performance")?.value;
  Object.defineProperty(holder, name, {
    get() {
      const value = source();
      settle(value);
      return value;
    },
    set: settle,
    enumerable,
    configurable: true,
  });
}
