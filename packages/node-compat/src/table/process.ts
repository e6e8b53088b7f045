import { lacking, type Builtin } from "../builtin.js";

export const process: Builtin = {
  name: "process",
  support: "overlay",
  exports: {
    exit: {
      support: "polyfill",
      reason: "ends the request with an error: the process belongs to its host",
      wayOut: "return or throw",
    },
    abort: { support: "unsupported", reason: "the process belongs to its host", wayOut: "throw an error" },
    chdir: {
      support: "unsupported",
      reason: "the working directory belongs to the host process",
      wayOut: "use absolute paths",
    },
    kill: { support: "unsupported", reason: "the process belongs to its host, and signals no other" },
    binding: { support: "unsupported", reason: "there are no bindings of Node's" },
    dlopen: {
      support: "unsupported",
      reason: "a native addon cannot be loaded",
      wayOut: "use a package without native code",
    },
    loadEnvFile: {
      support: "unsupported",
      reason: "the environment is the function's",
      wayOut: "set the function's environment",
    },
    stdin: { support: "polyfill", reason: "is empty" },
    ...lacking("the process, its users and its groups belong to the host", "leave it out", [
      "execve",
      "initgroups",
      "openStdin",
      "reallyExit",
      "setegid",
      "seteuid",
      "setgid",
      "setgroups",
      "setuid",
    ]),
    ...lacking("it tells of Node's own machinery", "leave it out", [
      "domain",
      "finalization",
      "moduleLoadList",
      "noProcessWarnings",
      "sourceMapsEnabled",
      "threadCpuUsage",
    ]),
  },
};
