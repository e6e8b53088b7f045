export interface DecodedBuckets {
  readonly offset: number;
  readonly counts: readonly number[];
}

/** A point of an exponential histogram, with what it stands in. */
export interface DecodedPoint {
  readonly resource: Readonly<Record<string, string>>;
  readonly scope: string;
  readonly name: string;
  readonly unit: string;
  readonly temporality: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Nanoseconds since 1970. */
  readonly start: string;
  /** Nanoseconds since 1970. */
  readonly end: string;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly scale: number;
  readonly zeroCount: number;
  readonly positive: DecodedBuckets;
  readonly negative: DecodedBuckets;
}

export interface Decoder {
  /** Rejects when the JSON text is not a request of OTLP's metrics. */
  decode(text: string): Promise<DecodedPoint[]>;
  stop(): void;
}
export declare function startDecoder(): Decoder;
