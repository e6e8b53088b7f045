import {
  getPriority as priorityOf,
  parallelism,
  setPriority as givePriority,
  systemNames,
  userOf,
} from "laconic:os";
import { getIds } from "laconic:node";
import { Buffer } from "./buffer/buffer.js";
import { engineProcess } from "./globals/engine-process.js";
import type { Any } from "./internal/any.js";
import { validateInteger } from "./internal/validate.js";
import { errnoConstants, signals } from "./os/constants.js";
import { cpus, memory, networkInterfaces, numbersOf } from "./os/machine.js";
import { systemError } from "./os/system-error.js";

/** A function that is also the text or number that it gives, as Node's are. */
function alsoValue<Value extends string | number>(name: string, give: () => Value): () => Value {
  Object.defineProperty(give, "name", { value: name, configurable: true });
  return Object.assign(give, { [Symbol.toPrimitive]: () => give() });
}

export { cpus, networkInterfaces };
export const EOL = "\n";
export const devNull = "/dev/null";
export const arch = alsoValue("arch", () => engineProcess.arch as string);
export const availableParallelism = alsoValue("", parallelism);
export const endianness = alsoValue("endianness", () => "LE");
export const freemem = alsoValue("", () => memory("MemAvailable"));
export const homedir = alsoValue("wrappedFn", () => engineProcess.env["HOME"] ?? passwd()[1]);
export const hostname = alsoValue("wrappedFn", () => systemNames()[1]);
export const machine = alsoValue("getMachine", () => systemNames()[4]);
export const platform = alsoValue("platform", () => engineProcess.platform as string);
export const release = alsoValue("getOSRelease", () => systemNames()[2]);
export const totalmem = alsoValue("", () => memory("MemTotal"));
export const type = alsoValue("getOSType", () => systemNames()[0]);
export const uptime = alsoValue("wrappedFn", () => numbersOf("uptime")[0]!);
export const version = alsoValue("getOSVersion", () => systemNames()[3]);

export const tmpdir = alsoValue("tmpdir", () => {
  const { TMPDIR, TMP, TEMP } = engineProcess.env;
  const path: string = TMPDIR || TMP || TEMP || "/tmp";
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
});

export function loadavg(): number[] {
  return numbersOf("loadavg").slice(0, 3);
}

/** The user that the process runs as. */
export function userInfo(options?: Any): Any {
  const [username, homedir, shell] = passwd();
  const [uid, , gid] = getIds();
  const asked = (text: string) => (options?.encoding === "buffer" ? Buffer.from(text) : text);
  const user = { uid, gid, username: asked(username), homedir: asked(homedir), shell: asked(shell) };
  return Object.assign(Object.create(null), user);
}

function passwd(): [name: string, home: string, shell: string] {
  const found = userOf(getIds()[0]);
  if (found.length === 1) throw systemError("uv_os_get_passwd", Number(found[0]));
  return found;
}

const LOWEST_PID = -(2 ** 31);
const HIGHEST_PID = 2 ** 31 - 1;

export function getPriority(pid?: number): number {
  if (pid === undefined) pid = 0;
  else validateInteger(pid, "pid", LOWEST_PID, HIGHEST_PID);
  const priority = priorityOf(pid);
  if (priority >= 1000) throw systemError("uv_os_getpriority", priority - 1000);
  return priority;
}

export function setPriority(pid: number, priority?: number): void {
  if (priority === undefined) {
    priority = pid;
    pid = 0;
  }
  validateInteger(pid, "pid", LOWEST_PID, HIGHEST_PID);
  validateInteger(priority, "priority", -20, 19);
  const error = givePriority(pid, priority);
  if (error !== 0) throw systemError("uv_os_setpriority", error);
}

export const constants = {
  __proto__: null,
  UV_UDP_REUSEADDR: 4,
  dlopen: { __proto__: null, RTLD_LAZY: 1, RTLD_NOW: 2, RTLD_GLOBAL: 256, RTLD_LOCAL: 0, RTLD_DEEPBIND: 8 },
  errno: errnoConstants,
  signals,
  priority: {
    __proto__: null,
    PRIORITY_LOW: 19,
    PRIORITY_BELOW_NORMAL: 10,
    PRIORITY_NORMAL: 0,
    PRIORITY_ABOVE_NORMAL: -7,
    PRIORITY_HIGH: -14,
    PRIORITY_HIGHEST: -20,
  },
};

const os = {
  arch,
  availableParallelism,
  cpus,
  endianness,
  freemem,
  getPriority,
  homedir,
  hostname,
  loadavg,
  networkInterfaces,
  platform,
  release,
  setPriority,
  tmpdir,
  totalmem,
  type,
  userInfo,
  uptime,
  version,
  machine,
};
Object.defineProperties(os, {
  constants: { value: constants, enumerable: true, configurable: false },
  EOL: { value: EOL, enumerable: true, configurable: true },
  devNull: { value: devNull, enumerable: true, configurable: true },
});

export default os as typeof os & { constants: typeof constants; EOL: string; devNull: string };
