import { cpuTimes, getIds, resourceUsage as usageNumbers } from "laconic:node";
import { EventEmitter } from "../events/emitter.js";
import { engineProcess } from "../globals/engine-process.js";
import type { Any } from "../internal/any.js";
import { invalidArgType, unsupported } from "../internal/errors.js";
import { loaded } from "../internal/loaded.js";
import { standardStream } from "./streams.js";
import { nextTick } from "./ticks.js";
import { hasCapture, listenForUncaught, setCapture } from "./uncaught.js";
import { emitWarning } from "./warnings.js";

/** The engine's own object, which this module completes: whoever holds it has all of Node's. */
const node = engineProcess;

const EMITTER_METHODS = [
  ...["on", "once", "off", "emit", "addListener", "removeListener", "removeAllListeners", "listenerCount"],
];

function complete(): void {
  // The engine's stand-ins would hide the emitter's methods.
  for (const name of EMITTER_METHODS) Reflect.deleteProperty(node, name);
  const prototype = Object.create(EventEmitter.prototype, {
    constructor: { value: function process() {}, configurable: true, writable: true },
    [Symbol.toStringTag]: { value: "process", configurable: true },
  });
  Object.setPrototypeOf(node, prototype);
  EventEmitter.init.call(node);
  Object.assign(node, functions);
  Object.defineProperties(node, lazy);
  node.hrtime = Object.assign(hrtime, { bigint: node.hrtime.bigint });
  node.memoryUsage.rss = () => node.memoryUsage().rss;
  Object.assign(node.versions, VERSIONS);
  node.features = { ...FEATURES };
  node.title = "node";
  node.config = { target_defaults: {}, variables: {} };
  node.debugPort = 9229;
  node.report = {};
}

/** Versions that packages compare with; those of parts that the library does not have are left out. */
const VERSIONS = { modules: "127", uv: "1.49.1", ares: "1.34.5", llhttp: "9.2.1", openssl: "3.0.15+quic" };

const FEATURES = {
  inspector: false,
  debug: false,
  uv: true,
  ipv6: true,
  tls_alpn: true,
  tls_sni: true,
  tls_ocsp: true,
  tls: true,
  cached_builtins: true,
  typescript: false,
};

const nativeHrtime = node.hrtime;

function hrtime(earlier?: [number, number]): [number, number] {
  if (earlier === undefined) return nativeHrtime();
  if (!Array.isArray(earlier)) throw invalidArgType("time", "Array", earlier);
  const [seconds, nanoseconds] = nativeHrtime() as [number, number];
  const rest = nanoseconds - earlier[1];
  return rest < 0 ? [seconds - earlier[0] - 1, rest + 1e9] : [seconds - earlier[0], rest];
}

const functions = {
  nextTick,
  emitWarning,
  chdir: () => refuse("process.chdir()", "the working directory belongs to the host process"),
  kill,
  getuid: () => getIds()[0],
  geteuid: () => getIds()[1],
  getgid: () => getIds()[2],
  getegid: () => getIds()[3],
  getgroups: () => [getIds()[2]],
  cpuUsage,
  resourceUsage,
  constrainedMemory: () => Number(node.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? 0) * 2 ** 20,
  availableMemory: () => Number(node.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] ?? 0) * 2 ** 20,
  getActiveResourcesInfo: () => [],
  _getActiveHandles: () => [],
  _getActiveRequests: () => [],
  ref: (value: Any) => void value?.ref?.(),
  unref: (value: Any) => void value?.unref?.(),
  hasUncaughtExceptionCaptureCallback: hasCapture,
  setUncaughtExceptionCaptureCallback: setCapture,
  setSourceMapsEnabled: () => undefined,
  binding: (name: string) => refuse(`process.binding("${name}")`, "there are no bindings of Node's"),
  dlopen: () => refuse("process.dlopen()", "a native addon cannot be loaded"),
  getBuiltinModule: (name: string) => loaded.get(name.replace(/^node:/, "")),
  loadEnvFile: () => refuse("process.loadEnvFile()", "set the function's environment instead"),
  assert(value: unknown, message?: string) {
    if (!value) throw new Error(message ?? "assertion error");
  },
};

function refuse(what: string, reason: string): never {
  throw unsupported(what, reason);
}

const nativeKill = node.kill;

/** The engine refuses to signal the host's own process, but for signal 0, which asks whether it lives. */
function kill(pid: number, signal: string | number = "SIGTERM"): true {
  if (typeof pid !== "number") throw invalidArgType("pid", "number", pid);
  return nativeKill(pid, signal);
}

function cpuUsage(earlier?: { user: number; system: number }): { user: number; system: number } {
  const [user, system] = cpuTimes();
  return earlier ? { user: user - earlier.user, system: system - earlier.system } : { user, system };
}

const USAGE = [
  ...["userCPUTime", "systemCPUTime", "maxRSS", "sharedMemorySize", "unsharedDataSize", "unsharedStackSize"],
  ...["minorPageFault", "majorPageFault", "swappedOut", "fsRead", "fsWrite", "ipcSent", "ipcReceived"],
  ...["signalsCount", "voluntaryContextSwitches", "involuntaryContextSwitches"],
];

function resourceUsage(): Record<string, number> {
  return Object.fromEntries(usageNumbers().map((value, index) => [USAGE[index]!, value]));
}

const getter = (get: () => Any): PropertyDescriptor => ({ get, enumerable: true, configurable: true });

const lazy: PropertyDescriptorMap = {
  stdout: getter(() => standardStream(1)),
  stderr: getter(() => standardStream(2)),
  stdin: getter(() => standardStream(0)),
  ppid: getter(() => getIds()[4]),
  allowedNodeEnvironmentFlags: getter(() => new Set()),
};

complete();
listenForUncaught(node);

export default node;
