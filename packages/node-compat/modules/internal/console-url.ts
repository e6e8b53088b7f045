/** The class by which `inspect` knows a URL. A library whose app reaches no URL has none, and nothing is one there. */
export const URL = globalThis.URL ?? class {};
