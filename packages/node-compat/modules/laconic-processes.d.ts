// What the engine gives to node:child_process.

declare module "laconic:processes" {
  import type { SocketListener } from "laconic:sockets";

  export interface Program {
    readonly file: string;
    readonly args: readonly string[];
    readonly argv0: string | undefined;
    /** `NAME=value` */
    readonly env: readonly string[];
    readonly cwd: string | undefined;
    readonly uid: number | undefined;
    readonly gid: number | undefined;
    readonly detached: boolean;
    /** By the program's descriptors: -1 a pipe, -2 nothing, otherwise a descriptor of this process. */
    readonly stdio: readonly number[];
  }

  export interface Started {
    readonly errno?: number;
    readonly pid: number;
    readonly id: number;
    /** Handles of `laconic:sockets`, to be given listeners at once. */
    readonly pipes: readonly (number | undefined)[];
  }

  export interface Ended {
    readonly errno?: number;
    readonly pid?: number;
    /** -1 when a signal ended it. */
    readonly code?: number;
    /** 0 when it ended by itself. */
    readonly signal?: number;
    readonly output?: readonly (Uint8Array | undefined)[];
  }

  /** The listener hears "exit" with `[code, signal]`. */
  export function start(program: Program, listener: SocketListener): Started;
  /** Milliseconds, bytes of output and the signal that ends the program when there is too much of either. */
  export function runToEnd(
    program: Program,
    input: Uint8Array | undefined,
    timeout: number,
    maxBuffer: number,
    signal: number,
  ): Ended;
  /** 0, or the errno, negative. */
  export function kill(pid: number, signal: number): number;
}
