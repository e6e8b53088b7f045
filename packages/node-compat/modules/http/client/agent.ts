import { EventEmitter } from "../../events.js";
import type { Any, AnyFunction } from "../../internal/any.js";
import { adopting, callable } from "../../internal/callable.js";
import { invalidArgValue, outOfRange } from "../../internal/errors.js";
import { validateNumber, validateOneOf, validateString } from "../../internal/validate.js";
import * as net from "../../net.js";

type Table = Record<string, Any[]>;

const table = (): Table => Object.create(null) as Table;

/** A server closes an idle connection after the time it names; a request sent at that moment would be lost. */
const HINT = /^timeout=(\d+)/;

/** `http.Agent`: connections by destination, kept for later requests. */
class AgentClass extends /* @__PURE__ */ adopting(EventEmitter) {
  static defaultMaxSockets = Infinity;

  // Assigned and not defined: subclasses have accessors of these names, which learn of it.
  declare defaultPort: number | undefined;
  declare protocol: string | undefined;
  declare options: Any;
  declare requests: Table;
  declare sockets: Table;
  declare freeSockets: Table;
  declare keepAliveMsecs: number;
  declare keepAlive: boolean;
  declare maxSockets: number;
  declare maxFreeSockets: number;
  declare scheduling: "lifo" | "fifo";
  declare maxTotalSockets: number;
  declare totalSocketCount: number;

  constructor(options?: Any) {
    super();
    this.defaultPort = 80;
    this.protocol = "http:";
    this.options = { __proto__: null, ...options };
    this.requests = table();
    this.sockets = table();
    this.freeSockets = table();
    this.totalSocketCount = 0;
    this.options.noDelay ??= true;
    // Not for a path of the file system that the request would be mistaken to go to.
    this.options.path = null;
    this.keepAliveMsecs = this.options.keepAliveMsecs || 1000;
    this.keepAlive = this.options.keepAlive || false;
    this.maxSockets = this.options.maxSockets || Agent.defaultMaxSockets;
    this.maxFreeSockets = this.options.maxFreeSockets || 256;
    this.scheduling = this.options.scheduling || "lifo";
    this.maxTotalSockets = this.options.maxTotalSockets ?? Infinity;
    validateOneOf(this.scheduling, "scheduling", ["fifo", "lifo"]);
    for (const name of ["maxSockets", "maxFreeSockets", "maxTotalSockets"] as const) {
      if (this.options[name] !== undefined) validateNumber(this.options[name], name);
      if (!(this[name] > 0)) throw outOfRange(name, "> 0", this[name]);
    }
    if (this.options.timeout !== undefined) validateNumber(this.options.timeout, "timeout");
    this.on("free", (socket: Any, given: Any) => this.#freed(socket, given));
  }

  createConnection(...args: Any[]): Any {
    return net.createConnection(...args);
  }

  getName(options: Any = {}): string {
    let name = `${options.host || "localhost"}:`;
    if (options.port) name += options.port;
    name += ":";
    if (options.localAddress) name += options.localAddress;
    if (options.family === 4 || options.family === 6) name += `:${options.family}`;
    if (options.socketPath) name += `:${options.socketPath}`;
    return name;
  }

  addRequest(req: Any, given: Any, port?: Any, localAddress?: Any): void {
    let options = given;
    if (typeof options === "string") options = { __proto__: null, host: options, port, localAddress };
    options = { __proto__: null, ...options, ...this.options };
    if (options.socketPath) options.path = options.socketPath;
    setServerName(options, req);
    const name = this.getName(options);
    this.sockets[name] ??= [];
    const socket = this.#takeFree(name);
    const count = this.sockets[name]!.length + (this.freeSockets[name]?.length ?? 0);
    if (socket) {
      if (this.freeSockets[name]?.length === 0) Reflect.deleteProperty(this.freeSockets, name);
      this.reuseSocket(socket, req);
      setRequestSocket(this, req, socket);
      this.sockets[name]!.push(socket);
    } else if (count < this.maxSockets && this.totalSocketCount < this.maxTotalSockets) {
      this.createSocket(req, options, (error: Any, created: Any) => {
        if (error) req.onSocket(created, error);
        else setRequestSocket(this, req, created);
      });
    } else {
      req._agentOptions = options;
      (this.requests[name] ??= []).push(req);
    }
  }

  /** One that the server has ended is of no use, though it is not gone yet. */
  #takeFree(name: string): Any {
    const free = this.freeSockets[name] ?? [];
    const usable = free.filter((socket) => !socket.destroyed && socket.writable);
    const chosen = this.scheduling === "fifo" ? usable[0] : usable.at(-1);
    if (chosen) free.splice(free.indexOf(chosen), 1);
    return chosen;
  }

  createSocket(req: Any, given: Any, callback: AnyFunction): void {
    const options = { __proto__: null, ...given, ...this.options } as Any;
    if (options.socketPath) options.path = options.socketPath;
    setServerName(options, req);
    const name = this.getName(options);
    options._agentKey = name;
    options.encoding = null;
    let isDone = false;
    const created = (error: Any, socket: Any): void => {
      if (isDone) return;
      isDone = true;
      if (error) return callback(error);
      (this.sockets[name] ??= []).push(socket);
      this.totalSocketCount += 1;
      installListeners(this, socket, options);
      callback(null, socket);
    };
    // In the request's own words, so that a socket that is kept learns of them.
    if (this.keepAlive) options.keepAlive ??= this.keepAlive;
    if (this.keepAlive) options.keepAliveInitialDelay ??= this.keepAliveMsecs;
    const socket = this.createConnection(options, created);
    if (socket) created(null, socket);
  }

  removeSocket(socket: Any, options: Any): void {
    const name = options._agentKey ?? this.getName(options);
    const tables = [this.sockets];
    if (!socket.writable) tables.push(this.freeSockets);
    for (const sockets of tables) {
      const list = sockets[name];
      const index = list?.indexOf(socket) ?? -1;
      if (index < 0) continue;
      list!.splice(index, 1);
      if (list!.length === 0) Reflect.deleteProperty(sockets, name);
      this.totalSocketCount -= 1;
    }
    const waiting = this.requests[name];
    const req = waiting?.find((one) => !one.destroyed);
    if (!req || this.totalSocketCount >= this.maxTotalSockets) return;
    waiting!.splice(waiting!.indexOf(req), 1);
    if (waiting!.length === 0) Reflect.deleteProperty(this.requests, name);
    const next = req._agentOptions ?? options;
    this.createSocket(req, next, (error: Any, created: Any) => {
      if (error) req.onSocket(created, error);
      else setRequestSocket(this, req, created);
    });
  }

  /** @returns whether the socket may wait for another request */
  keepSocketAlive(socket: Any): boolean {
    socket.setKeepAlive(true, this.keepAliveMsecs);
    socket.unref();
    let timeout = this.options.timeout || 0;
    const hint = HINT.exec(socket._httpMessage?.res?.headers["keep-alive"] ?? "")?.[1];
    if (hint !== undefined) {
      const milliseconds = Number(hint) * 1000;
      if (milliseconds === 0) return false;
      if (timeout === 0 || milliseconds < timeout) timeout = milliseconds;
    }
    socket.setTimeout(timeout);
    return true;
  }

  reuseSocket(socket: Any, req: Any): void {
    req.reusedSocket = true;
    socket.ref();
  }

  destroy(): void {
    for (const sockets of [this.freeSockets, this.sockets]) {
      for (const list of Object.values(sockets)) for (const socket of [...list]) socket.destroy();
    }
  }

  /** A request is done with the socket. */
  #freed(socket: Any, options: Any): void {
    const name = options._agentKey ?? this.getName(options);
    if (!socket.writable) return socket.destroy();
    const waiting = this.requests[name];
    if (waiting?.length) {
      const req = waiting.shift()!;
      if (waiting.length === 0) Reflect.deleteProperty(this.requests, name);
      return setRequestSocket(this, req, socket);
    }
    const req = socket._httpMessage;
    if (!req?.shouldKeepAlive || !this.keepAlive) return socket.destroy();
    const free = this.freeSockets[name] ?? [];
    const count = free.length + (this.sockets[name]?.length ?? 0);
    const isTooMany =
      this.totalSocketCount > this.maxTotalSockets ||
      count > this.maxSockets ||
      free.length >= this.maxFreeSockets;
    if (isTooMany || !this.keepSocketAlive(socket)) return socket.destroy();
    this.freeSockets[name] = free;
    socket._httpMessage = null;
    this.#leaveUsed(name, socket);
    socket.once("error", freeSocketError);
    free.push(socket);
  }

  /** From those in use to the free ones: the count of all stays. */
  #leaveUsed(name: string, socket: Any): void {
    const used = this.sockets[name];
    const index = used?.indexOf(socket) ?? -1;
    if (index < 0) return;
    used!.splice(index, 1);
    if (used!.length === 0) Reflect.deleteProperty(this.sockets, name);
  }
}

export const Agent = /* @__PURE__ */ callable("Agent", AgentClass);
export type Agent = AgentClass;

/** Nobody uses the connection: that it broke is no error of anybody's. */
function freeSocketError(this: Any): void {
  this.destroy();
}

function setRequestSocket(agent: Agent, req: Any, socket: Any): void {
  socket.off("error", freeSocketError);
  req.onSocket(socket);
  const agentTimeout = agent.options.timeout || 0;
  if (req.timeout === undefined || req.timeout === agentTimeout) return;
  socket.setTimeout(req.timeout);
}

function installListeners(agent: Agent, socket: Any, options: Any): void {
  const onFree = () => agent.emit("free", socket, options);
  const onClose = () => agent.removeSocket(socket, options);
  const onTimeout = () => {
    // Of a request under way the request hears itself.
    const isFree = Object.values(agent.freeSockets).some((list) => list.includes(socket));
    if (isFree) socket.destroy();
  };
  const onRemove = () => {
    agent.removeSocket(socket, options);
    socket.off("close", onClose);
    socket.off("free", onFree);
    socket.off("timeout", onTimeout);
    socket.off("agentRemove", onRemove);
  };
  socket.on("free", onFree);
  socket.on("close", onClose);
  socket.on("timeout", onTimeout);
  socket.on("agentRemove", onRemove);
  const timeout = agent.options.timeout;
  if (timeout) socket.setTimeout(timeout);
}

/** The name that TLS asks the server for: that of the Host header, which may differ from where the connection goes. */
function setServerName(options: Any, req: Any): void {
  if (options.servername || options.servername === "") return;
  let name = options.host;
  const header = req.getHeader?.("host");
  if (header) {
    validateString(header, "options.headers.host");
    if (header.startsWith("[")) {
      const end = header.indexOf("]");
      name = end < 0 ? header : header.slice(1, end);
    } else {
      name = header.split(":", 1)[0];
    }
  }
  options.servername = net.isIP(name) !== 0 ? "" : name;
}

export const globalAgent = new Agent({ keepAlive: true, scheduling: "lifo", timeout: 5000 });

/** The agents that requests use which name none; an app may put others in their place. */
export const agents: { http: Any; https: Any } = { http: globalAgent, https: undefined };

export function validateAgent(agent: Any): void {
  if (agent !== null && agent !== undefined && typeof agent.addRequest !== "function") {
    throw invalidArgValue("options.agent", agent, "must be one of Agent-like Object, undefined, or false");
  }
}
