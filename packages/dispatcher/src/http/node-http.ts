/** The classes of `node:http` that an exchange is made of. */
export type NodeHttp = Pick<typeof import("node:http"), "IncomingMessage" | "ServerResponse">;

/** Node's server, as far as a dispatcher looks at it. */
export interface ListeningServer {
  address(): { readonly port: number } | string | null;
  /** Milliseconds after which a connection is idle; 0 is never. */
  readonly timeout?: number;
  emit(event: "request", request: unknown, response: unknown): boolean;
}

/** What a bundle has in place of Node's http module, under a name that both sides know: neither imports the other. */
interface Provided {
  readonly classes?: () => NodeHttp;
  /** In the order in which they began to listen. */
  readonly servers?: readonly ListeningServer[];
}
const PROVIDED = Symbol.for("laconic.http");

function provided(): Provided | undefined {
  return (globalThis as { [PROVIDED]?: Provided })[PROVIDED];
}

/** The classes of the library, which evaluates them now, or of Node. */
export function nodeHttp(): NodeHttp {
  return provided()?.classes?.() ?? (builtin("node:http") as NodeHttp);
}

/** Servers that the app listens with, where no port is opened for it; none in Node, which opens them. */
export function listeningServers(): readonly ListeningServer[] {
  return provided()?.servers ?? [];
}

function builtin(name: string): unknown {
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
  return process?.getBuiltinModule?.(name);
}
