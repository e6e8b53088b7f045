import type { Server } from "node:http";

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
/** What points the AWS SDK at a server on this machine. */
export declare function accountAt(endpoint: string): {
  readonly AWS_ENDPOINT_URL: string;
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
  readonly AWS_REGION: string;
};
/** Lets a server listen on a free port of the loopback interface. @returns its URL */
export declare function listening(server: Server): Promise<string>;
/** Stops a server without waiting for its clients. */
export declare function stopListening(server: Server): void;
