import { getContext, onTicks, setContext, wantTicks } from "laconic:node";
import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType } from "../internal/errors.js";
import { tracking } from "../internal/tracking.js";

interface Tick {
  readonly callback: AnyFunction;
  readonly args: Any[] | undefined;
  readonly context: unknown;
}

let queue: Tick[] = [];
let next = 0;

/** Runs the callback once the running code has returned, before the reactions of promises. */
export function nextTick(callback: AnyFunction, ...args: Any[]): void {
  if (typeof callback !== "function") throw invalidArgType("callback", "Function", callback);
  if (queue.length === 0) wantTicks();
  queue.push({
    callback,
    args: args.length === 0 ? undefined : args,
    context: tracking.isOn ? getContext() : undefined,
  });
}

/** Empties the queue; the engine calls it. A tick that throws leaves those behind it for the next call. */
function drain(): boolean {
  while (next < queue.length) {
    const { callback, args, context } = queue[next++]!;
    if (next === queue.length) {
      queue = [];
      next = 0;
    }
    if (context === undefined) run(callback, args);
    else {
      setContext(context);
      try {
        run(callback, args);
      } finally {
        setContext(undefined);
      }
    }
    // What this tick queued went into the new queue, whose first entry asked the engine to come again.
  }
  return false;
}

function run(callback: AnyFunction, args: Any[] | undefined): void {
  if (args === undefined) callback();
  else if (args.length === 1) callback(args[0]);
  else callback(...args);
}

onTicks(drain);
