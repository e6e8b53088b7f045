/** What the engine itself has under the names whose place was taken, as far as that is a plain value. */
export const engineOwn = new Map<string, unknown>();

/**
 * Puts a global, or a member of one, in the place of the engine's: evaluated when it is first asked for, so that an app that never makes a
 * Response never pays for the class.
 */
export function lazily(holder: object, name: string, source: () => unknown): void {
  const settle = (value: unknown): void => {
    Object.defineProperty(holder, name, { value, writable: true, enumerable: false, configurable: true });
  };
  engineOwn.set(name, Object.getOwnPropertyDescriptor(holder, name)?.value);
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
