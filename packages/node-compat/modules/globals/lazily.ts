/**
 * Puts a global, or a member of one, in the place of the engine's: evaluated when it is first asked for, so that an app that never makes a
 * Response never pays for the class.
 */
export function lazily(holder: object, name: string, source: () => Record<string, unknown>): void {
  const settle = (value: unknown): void => {
    Object.defineProperty(holder, name, { value, writable: true, enumerable: false, configurable: true });
  };
  Object.defineProperty(holder, name, {
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
