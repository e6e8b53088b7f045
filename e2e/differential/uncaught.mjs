import { attempt } from "./attempt.mjs";

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What nothing catches, where the app listens for it. */
export async function run(log) {
  const seen = [];
  const listeners = {
    uncaughtExceptionMonitor: (error, origin) => seen.push(["monitor", error.message, origin]),
    uncaughtException: (error, origin) => seen.push(["exception", error.message, origin]),
    unhandledRejection: (reason, promise) =>
      seen.push(["rejection", reason?.message, promise instanceof Promise]),
    rejectionHandled: (promise) => seen.push(["handled", promise instanceof Promise]),
  };
  // Out of the promise's own reactions, whose place among ticks differs between kinds of module.
  await wait(1);
  for (const [event, listener] of Object.entries(listeners)) process.on(event, listener);
  const raise = (name) => {
    throw new Error(name);
  };
  setImmediate(raise, "immediate");
  process.nextTick(raise, "tick");
  queueMicrotask(() => raise("microtask"));
  await wait(5);
  setTimeout(raise, 1, "timer");
  await wait(5);
  log("exceptions", seen.splice(0));

  const late = Promise.reject(new Error("late"));
  const soon = Promise.reject(new Error("soon"));
  process.nextTick(() => soon.catch(() => undefined));
  const later = Promise.reject(new Error("later"));
  Promise.resolve().then(() => later.catch(() => undefined));
  await wait(5);
  late.catch(() => undefined);
  await wait(5);
  log("rejections", seen.splice(0));

  process.removeListener("unhandledRejection", listeners.unhandledRejection);
  Promise.reject(new Error("nobody's"));
  await wait(5);
  log("a rejection that is an exception", seen.splice(0));

  process.setUncaughtExceptionCaptureCallback((error) => seen.push(["captured", error.message]));
  log(
    "captures",
    process.hasUncaughtExceptionCaptureCallback(),
    attempt(() => process.setUncaughtExceptionCaptureCallback(() => undefined)).slice(0, 12),
  );
  setTimeout(raise, 1, "for one");
  await wait(5);
  process.setUncaughtExceptionCaptureCallback(null);
  log("captured", seen.splice(0));
  for (const [event, listener] of Object.entries(listeners)) process.removeListener(event, listener);
}
