// What the engine's private modules give to the shipped ones.

declare module "laconic:node" {
  export function getContext(): unknown;
  export function setContext(context: unknown): void;
  export function onTicks(drain: () => boolean): void;
  export function wantTicks(): void;
  /** Who is asked about what nothing catches; each tells whether it takes care of it. */
  export function onUncaught(
    exception: (error: unknown) => boolean,
    rejection: (promise: Promise<unknown>, reason: unknown, isHandled: boolean) => boolean,
  ): void;
  export function byteLength(text: string): number;
  export function fromText(text: string, encoding: number): ArrayBuffer;
  export function toText(bytes: Uint8Array, encoding: number, start: number, end: number): string;
  export function writeText(
    bytes: Uint8Array,
    text: string,
    encoding: number,
    start: number,
    end: number,
  ): number;
  /** The same for all objects of one class of the engine, whatever their prototype; 0 for what is no object. */
  export function classNumber(value: unknown): number;
  export function isUtf8(bytes: Uint8Array): boolean;
  export function compareBytes(left: Uint8Array, right: Uint8Array): -1 | 0 | 1;
  export function indexOfBytes(
    bytes: Uint8Array,
    needle: Uint8Array,
    from: number,
    isLast: boolean,
    step: number,
  ): number;
  /** `[state, result]`, the state 0 pending, 1 fulfilled, 2 rejected; undefined for what is no promise. */
  export function promiseDetails(value: unknown): [state: 0 | 1 | 2, result?: unknown] | undefined;
  export function proxyDetails(value: unknown): [target: object | null, handler: object | null] | undefined;
  export function getIds(): [uid: number, euid: number, gid: number, egid: number, ppid: number];
  /** Microseconds. */
  export function cpuTimes(): [user: number, system: number];
  export function resourceUsage(): number[];
  export function writeDescriptor(descriptor: 1 | 2, chunk: string | Uint8Array): void;
}
