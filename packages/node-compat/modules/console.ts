import { writeDescriptor } from "laconic:node";
import { Console, consoleMethods } from "./console/console.js";
import type { Any } from "./internal/any.js";

const sink = {
  out: (text: string) => writeDescriptor(1, text),
  error: (text: string) => writeDescriptor(2, text),
};

/**
 * The global console, completed in place: whoever has it already has the rest of it then. An app that only logs does
 * not bring this module along, and has the engine's own methods.
 */
const console: Any = Object.assign(globalThis.console, consoleMethods({ sink, groupIndentation: 2 }), {
  Console,
  context: () => console,
  createTask: (name: string) => ({ name, run: (task: () => unknown) => task() }),
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
