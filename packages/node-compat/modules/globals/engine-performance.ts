import { own } from "./lazily.js";

/** The engine's own performance object, which has the clock of Node's and nothing else. */
export const enginePerformance = (own["performance"] ?? globalThis.performance) as {
  readonly timeOrigin: number;
  now(): number;
};
