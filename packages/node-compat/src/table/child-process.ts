import { lacking, useNodeShim, type Builtin } from "../builtin.js";

export const childProcess: Builtin = {
  name: "child_process",
  support: "native",
  reason: "a Lambda sandbox has few programs to run",
  exports: lacking("the engine starts processes with spawn alone", `use spawn, or ${useNodeShim}`, [
    "ChildProcess",
    "exec",
    "execFile",
    "execFileSync",
    "execSync",
    "fork",
    "spawnSync",
  ]),
};
