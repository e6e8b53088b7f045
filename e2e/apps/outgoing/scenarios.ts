import { connections } from "./connections.js";
import { fetches } from "./fetches.js";
import { requests } from "./requests.js";

/** Where the servers listen, all on 127.0.0.1, and the certificate that they show. */
export interface Servers {
  readonly tcp: number;
  readonly tls: number;
  readonly http: number;
  readonly https: number;
  /** Nobody listens here. */
  readonly closed: number;
  readonly certificate: string;
}

/** What a scenario saw: JSON that must be the same in Node and in the library. */
export type Scenario = (servers: Servers) => Promise<unknown>;

export const scenarios: Readonly<Record<string, Scenario>> = { ...connections, ...requests, ...fetches };
