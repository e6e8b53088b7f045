import type { Any } from "./internal/any.js";
import node from "./process/node-process.js";

/** Read when the bundle uses the export, and not at all otherwise: some of these cost what they are. */
function read(name: string): Any {
  return node[name];
}

export const abort = /* @__PURE__ */ read("abort");
export const addListener = /* @__PURE__ */ read("addListener");
export const allowedNodeEnvironmentFlags = /* @__PURE__ */ read("allowedNodeEnvironmentFlags");
export const arch = /* @__PURE__ */ read("arch");
export const argv = /* @__PURE__ */ read("argv");
export const argv0 = /* @__PURE__ */ read("argv0");
export const assert = /* @__PURE__ */ read("assert");
export const availableMemory = /* @__PURE__ */ read("availableMemory");
export const binding = /* @__PURE__ */ read("binding");
export const chdir = /* @__PURE__ */ read("chdir");
export const config = /* @__PURE__ */ read("config");
export const constrainedMemory = /* @__PURE__ */ read("constrainedMemory");
export const cpuUsage = /* @__PURE__ */ read("cpuUsage");
export const cwd = /* @__PURE__ */ read("cwd");
export const debugPort = /* @__PURE__ */ read("debugPort");
export const dlopen = /* @__PURE__ */ read("dlopen");
export const emit = /* @__PURE__ */ read("emit");
export const emitWarning = /* @__PURE__ */ read("emitWarning");
export const env = /* @__PURE__ */ read("env");
export const eventNames = /* @__PURE__ */ read("eventNames");
export const execArgv = /* @__PURE__ */ read("execArgv");
export const execPath = /* @__PURE__ */ read("execPath");
export const exit = /* @__PURE__ */ read("exit");
export const exitCode = /* @__PURE__ */ read("exitCode");
export const features = /* @__PURE__ */ read("features");
export const getActiveResourcesInfo = /* @__PURE__ */ read("getActiveResourcesInfo");
export const getBuiltinModule = /* @__PURE__ */ read("getBuiltinModule");
export const getMaxListeners = /* @__PURE__ */ read("getMaxListeners");
export const getegid = /* @__PURE__ */ read("getegid");
export const geteuid = /* @__PURE__ */ read("geteuid");
export const getgid = /* @__PURE__ */ read("getgid");
export const getgroups = /* @__PURE__ */ read("getgroups");
export const getuid = /* @__PURE__ */ read("getuid");
export const hasUncaughtExceptionCaptureCallback = /* @__PURE__ */ read(
  "hasUncaughtExceptionCaptureCallback",
);
export const hrtime = /* @__PURE__ */ read("hrtime");
export const kill = /* @__PURE__ */ read("kill");
export const listenerCount = /* @__PURE__ */ read("listenerCount");
export const listeners = /* @__PURE__ */ read("listeners");
export const loadEnvFile = /* @__PURE__ */ read("loadEnvFile");
export const memoryUsage = /* @__PURE__ */ read("memoryUsage");
export const nextTick = /* @__PURE__ */ read("nextTick");
export const off = /* @__PURE__ */ read("off");
export const on = /* @__PURE__ */ read("on");
export const once = /* @__PURE__ */ read("once");
export const pid = /* @__PURE__ */ read("pid");
export const platform = /* @__PURE__ */ read("platform");
export const ppid = /* @__PURE__ */ read("ppid");
export const prependListener = /* @__PURE__ */ read("prependListener");
export const prependOnceListener = /* @__PURE__ */ read("prependOnceListener");
export const rawListeners = /* @__PURE__ */ read("rawListeners");
export const ref = /* @__PURE__ */ read("ref");
export const release = /* @__PURE__ */ read("release");
export const removeAllListeners = /* @__PURE__ */ read("removeAllListeners");
export const removeListener = /* @__PURE__ */ read("removeListener");
export const report = /* @__PURE__ */ read("report");
export const resourceUsage = /* @__PURE__ */ read("resourceUsage");
export const setMaxListeners = /* @__PURE__ */ read("setMaxListeners");
export const setSourceMapsEnabled = /* @__PURE__ */ read("setSourceMapsEnabled");
export const setUncaughtExceptionCaptureCallback = /* @__PURE__ */ read(
  "setUncaughtExceptionCaptureCallback",
);
export const stderr = /* @__PURE__ */ read("stderr");
export const stdin = /* @__PURE__ */ read("stdin");
export const stdout = /* @__PURE__ */ read("stdout");
export const title = /* @__PURE__ */ read("title");
export const umask = /* @__PURE__ */ read("umask");
export const unref = /* @__PURE__ */ read("unref");
export const uptime = /* @__PURE__ */ read("uptime");
export const version = /* @__PURE__ */ read("version");
export const versions = /* @__PURE__ */ read("versions");

export default node;
