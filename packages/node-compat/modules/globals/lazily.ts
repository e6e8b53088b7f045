/**
 * Puts a global in the place of the engine's: evaluated when it is first asked for, so that an app that never makes a
 * Response never pays for the class.
 */
export function lazily(name: string, source: () => Record<string, unknown>): void {
  const settle = (value: unknown): void => {
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
  };
  Object.defineProperty(globalThis, name, {
    get() {
      const value = source()[name];
      settle(value);
      return value;
    },
    set: settle,
    enumerable: false,
    configurable: true,
  });
}
