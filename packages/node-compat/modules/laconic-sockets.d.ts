// What the engine's private module for connections gives to the shipped modules that use it.

declare module "laconic:sockets" {
  /** `value` is bytes for "data", `[bytes, address, port, zone]` for "datagram", `[code, signal]` for "exit", a handle for "connection", strings for "addresses" and "names", an errno for failures. */
  export type SocketListener = (kind: SocketEvent, value?: unknown) => void;

  export type SocketEvent =
    | "open"
    | "data"
    | "datagram"
    | "exit"
    | "end"
    | "drain"
    | "shutdown"
    | "connection"
    | "addresses"
    | "names"
    | "connect"
    | "listen"
    | "accept"
    | "bind"
    | "wait"
    | "lookup"
    | "read"
    | "write"
    | "close";

  export interface SocketAddress {
    readonly address: string;
    readonly family: "IPv4" | "IPv6";
    readonly port: number;
  }

  export function connectTcp(
    address: string,
    port: number,
    localAddress: string | undefined,
    localPort: number,
    listener: SocketListener,
  ): number;
  export function connectUnix(path: string, listener: SocketListener): number;
  export function connectUdp(address: string, port: number, listener: SocketListener): number;
  /** The flags: reuses the address, reuses the port, is for IPv6 only. */
  export function bindUdp(
    address: string,
    port: number,
    flags: [boolean, boolean, boolean],
    listener: SocketListener,
  ): number;
  /** How many bytes went out, or the errno. Without an address, to whom the socket is connected. */
  export function sendTo(
    handle: number,
    bytes: Uint8Array,
    address: string | undefined,
    port: number,
  ): number;
  /** These return 0 or the errno. */
  export function setRemote(handle: number, address: string | undefined, port: number): number;
  export function setDatagramOption(handle: number, name: string, value: number): number;
  export function datagramBufferSize(handle: number, isReceiving: boolean): number;
  export function setMulticastInterface(handle: number, address: string): number;
  export function setMember(handle: number, group: string, link: string | undefined, joins: boolean): number;
  export function setSourceMember(
    handle: number,
    source: string,
    group: string,
    link: string | undefined,
    joins: boolean,
  ): number;
  export function listenTcp(address: string, port: number, backlog: number, listener: SocketListener): number;
  export function lookup(name: string, family: 0 | 4 | 6, flags: number, listener: SocketListener): number;
  export function lookupService(address: string, port: number, listener: SocketListener): number;
  export function listen(handle: number, listener: SocketListener): void;
  export function readStart(handle: number): void;
  export function readStop(handle: number): void;
  /** 1 when the system took all of it, 0 when "drain" will follow, otherwise the errno, negative. */
  export function write(handle: number, bytes: Uint8Array): number;
  export function shutdown(handle: number): void;
  export function close(handle: number): void;
  export function reset(handle: number): void;
  export function setReferenced(handle: number, referenced: boolean): void;
  export function setNoDelay(handle: number, noDelay: boolean): number;
  export function setKeepAlive(handle: number, enabled: boolean, delay?: number): number;
  export function localAddress(handle: number): SocketAddress | undefined;
  export function remoteAddress(handle: number): SocketAddress | undefined;
  /** The content of a file that says how the system connects; undefined when it cannot be read. */
  export function readConfiguration(path: string): Uint8Array | undefined;
  export function describeCertificate(der: Uint8Array): Record<string, unknown>;

  export interface SecureContextOptions {
    readonly ca?: readonly Uint8Array[] | undefined;
    readonly extraCa?: readonly Uint8Array[] | undefined;
    readonly cert?: Uint8Array | undefined;
    readonly key?: Uint8Array | undefined;
    readonly tls12?: boolean | undefined;
    readonly tls13?: boolean | undefined;
  }

  export class SecureContext {
    constructor(options: SecureContextOptions);
    /** No other object will do: it holds what only the engine sees. */
    private readonly engine: unknown;
  }

  export class TlsSession {
    constructor(context: SecureContext, serverName: string, alpnProtocols: readonly string[]);
    /** Encrypted bytes in, the plain ones that they complete out. Throws what the peer did wrong. */
    receive(bytes: Uint8Array): Uint8Array | undefined;
    /** Encrypted bytes for the peer. */
    take(): Uint8Array | undefined;
    write(bytes: Uint8Array): void;
    end(): void;
    readonly isHandshaking: boolean;
    readonly isPeerClosed: boolean;
    readonly isResumed: boolean;
    readonly protocol: string | undefined;
    readonly alpnProtocol: string | undefined;
    readonly cipher: string | undefined;
    peerCertificates(): Uint8Array[];
    fault(): { code: string; message: string } | undefined;
    exportKeyingMaterial(length: number, label: string, context: Uint8Array | undefined): Uint8Array;
  }
}
