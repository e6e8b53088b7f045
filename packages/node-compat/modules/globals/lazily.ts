/** The engine's own process, once another takes its place, as far as that is a plain value. */
export let ownProcess: unknown;

/**
 * Puts a global, or a member of one, in the place of the engine's: evaluated when it is first asked for, so that an app that never makes a
 * Response never pays for the class.
 */
export function lazily(holder: object, name: string, source: () => unknown): void {
  const settle = (value: unknown): void => {
    Object.defineProperty(holder, name, { value, writable: true, enumerable: false, configurable: true });
  };
  if (name === "process") ownProcess = Object.getOwnPropertyDescriptor(globalThis, "process")?.value;
  Object.defineProperty(holder, name, {
    get() {
      const value = source();
      settle(value);
      return value;
    },
    set: settle,
    enumerable: false,
    configurable: true,
  });
}
