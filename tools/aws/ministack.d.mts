export interface Ministack {
  /** For AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly port: number;
  /** The end of what it printed. */
  log(): string;
  /** Forgets everything. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}
export declare function startMinistack(env?: Readonly<Record<string, string>>): Promise<Ministack>;
