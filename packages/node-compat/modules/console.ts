import { Console } from "./console/console.js";
import type { Any } from "./internal/any.js";

/**
 * The engine's own console, completed in place: it writes the records, and knows Lambda's formats and levels. An app
 * that only logs does not bring this module along.
 */
const console: Any = Object.assign(globalThis.console, {
  Console,
  context: () => console,
  createTask: (name: string) => ({ name, run: (task: () => unknown) => task() }),
  // Without an inspector there is nobody to show these to, as in Node.
  profile() {},
  profileEnd() {},
  timeStamp() {},
});

export { Console };
export const {
  assert,
  clear,
  context,
  count,
  countReset,
  createTask,
  debug,
  dir,
  dirxml,
  error,
  group,
  groupCollapsed,
  groupEnd,
  info,
  log,
  profile,
  profileEnd,
  table,
  time,
  timeEnd,
  timeLog,
  timeStamp,
  trace,
  warn,
} = console;
export default console;
