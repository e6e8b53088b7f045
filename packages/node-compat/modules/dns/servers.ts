import { toText } from "laconic:node";
import { readConfiguration } from "laconic:sockets";
import { UTF8 } from "../buffer/encodings.js";
import { nodeError } from "../internal/errors.js";
import { isIP } from "../net/ip.js";

const DEFAULT_PORT = 53;

export interface NameServer {
  readonly address: string;
  readonly port: number;
}

/** The system's name servers, from /etc/resolv.conf; this machine's own when that names none. */
export function systemServers(): NameServer[] {
  const file = readConfiguration("/etc/resolv.conf");
  const text = file === undefined ? "" : toText(file, UTF8, 0, file.length);
  const addresses = [...text.matchAll(/^\s*nameserver\s+(\S+)/gm)].map(([, address]) => address!);
  const servers = addresses
    .filter((address) => isIP(address) !== 0)
    .map((address) => ({ address, port: DEFAULT_PORT }));
  return servers.length > 0 ? servers : [{ address: "127.0.0.1", port: DEFAULT_PORT }];
}

/** The names that /etc/hosts gives an address, but for the first: Node takes that for the name asked about. */
export function hostsNames(address: string): string[] {
  const file = readConfiguration("/etc/hosts");
  if (file === undefined) return [];
  const lines = toText(file, UTF8, 0, file.length).split("\n");
  const entries = lines.map((line) => line.replace(/#.*/, "").trim().split(/\s+/));
  return entries.flatMap(([first, ...names]) => (first === address ? names : [])).slice(1);
}

/** `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1` or `[2001:db8::1]:5353` */
export function parseServer(text: string): NameServer {
  if (isIP(text) !== 0) return { address: text, port: DEFAULT_PORT };
  const match = /^\[([^[\]]+)\](?::(\d+))?$/.exec(text) ?? /^([\d.]+):(\d+)$/.exec(text);
  const [, address = "", port] = match ?? [];
  if (isIP(address) === 0) {
    throw nodeError(TypeError, "ERR_INVALID_IP_ADDRESS", `Invalid IP address: ${text}`);
  }
  return { address, port: port === undefined ? DEFAULT_PORT : Number(port) };
}

export function formatServer({ address, port }: NameServer): string {
  if (port === DEFAULT_PORT) return address;
  return isIP(address) === 6 ? `[${address}]:${port}` : `${address}:${port}`;
}
