// What the engine's modules for compression give to the shipped ones.

/** Why a codec failed: what Node's error says. */
interface LaconicCodecFailure {
  readonly message: string;
  readonly errno: number;
  readonly code: string;
}

interface LaconicCodec {
  /** Goes on, and puts the room and the input that are left into `left`. */
  write(
    flush: number,
    input: Uint8Array,
    inOffset: number,
    inLength: number,
    output: Uint8Array,
    outOffset: number,
    left: Uint32Array,
  ): LaconicCodecFailure | undefined;
  params(level: number, strategy: number): LaconicCodecFailure | undefined;
  reset(): LaconicCodecFailure | undefined;
  close(): void;
}

declare module "laconic:zlib" {
  export function open(
    mode: number,
    windowBits: number,
    level: number,
    memoryLevel: number,
    strategy: number,
    dictionary: Uint8Array | undefined,
  ): LaconicCodec | LaconicCodecFailure;
  export function crc32(bytes: Uint8Array, value: number): number;
}

declare module "laconic:brotli" {
  export function open(isCompressor: boolean, parameters: number[]): LaconicCodec | LaconicCodecFailure;
}

declare module "laconic:zstd" {
  export function open(
    isCompressor: boolean,
    parameters: number[],
    pledgedSize: number | undefined,
    dictionary: Uint8Array | undefined,
  ): LaconicCodec | LaconicCodecFailure;
}
