declare module "laconic:os" {
  /** The priority of a process, or 1000 and the number of the error. */
  export function getPriority(pid: number): number;
  export function interfaces(): [
    name: string,
    address: string,
    netmask: string,
    mac: string,
    isInternal: boolean,
    /** -1 for IPv4. */
    scope: number,
  ][];
  export function parallelism(): number;
  /** A file of /proc as text. */
  export function readProc(name: string): string | undefined;
  /** @returns the number of the error, 0 for none */
  export function setPriority(pid: number, priority: number): number;
  export function systemNames(): [
    system: string,
    host: string,
    release: string,
    version: string,
    machine: string,
  ];
  /** Of a user, or one text: the number of the error. */
  export function userOf(uid: number): [name: string, home: string, shell: string] | [error: string];
}
