/** Puts names on the global object whose values are made when the first of them is asked for. */
export function lazily(names: readonly string[], source: () => Record<string, unknown>): void {
  for (const name of names) {
    const settle = (value: unknown): void => {
      Object.defineProperty(globalThis, name, {
        value,
        writable: true,
        enumerable: false,
        configurable: true,
      });
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
}
