/** One engine with all its files in one folder; the same folder starts again as the same engine. */
export declare class Daemon {
  constructor(folder: string);
  readonly socket: string;
  start(): Promise<void>;
  kill(signal?: NodeJS.Signals): Promise<void>;
  stop(): Promise<void>;
}
