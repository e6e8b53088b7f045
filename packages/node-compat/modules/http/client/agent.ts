import { EventEmitter } from "../../events.js";
import type { Any, AnyFunction } from "../../internal/any.js";
import { invalidArgType, outOfRange } from "../../internal/errors.js";
import { validateNumber, validateOneOf, validateString } from "../../internal/validate.js";
import * as net from "../../net.js";

type Table = Record<string, Any[]>;

const table = (): Table => Object.create(null) as Table;

/** A server closes an idle connection after the time it names; a request sent at that moment would be lost. */
const HINT = /^timeout=(\d+)/;

/** What every agent can do. */
class AgentMethods extends EventEmitter {
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
    const socket = takeFree(this, name);
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
    socket.setKeepAlive?.(true, this.keepAliveMsecs);
    socket.unref?.();
    let timeout = this.options.timeout || 0;
    const hint = HINT.exec(socket._httpMessage?.res?.headers["keep-alive"] ?? "")?.[1];
    if (hint !== undefined) {
      const milliseconds = Number(hint) * 1000;
      if (milliseconds === 0) return false;
      if (timeout === 0 || milliseconds < timeout) timeout = milliseconds;
    }
    socket.setTimeout?.(timeout);
    return true;
  }

  reuseSocket(socket: Any, req: Any): void {
    req.reusedSocket = true;
    socket.ref?.();
  }

  destroy(): void {
    for (const sockets of [this.freeSockets, this.sockets]) {
      for (const list of Object.values(sockets)) for (const socket of [...list]) socket.destroy();
    }
  }
}

function Agent(this: Any, options?: Any): Any {
  if (!(this instanceof Agent)) return new (Agent as Any)(options);
  EventEmitter.call(this as Any);
  init(this, options);
  return this;
}
Agent.prototype = AgentMethods.prototype as Any;
Object.defineProperty(Agent.prototype, "constructor", { value: Agent, writable: true, configurable: true });
Object.setPrototypeOf(Agent, EventEmitter);
Agent.defaultMaxSockets = Infinity;

interface AgentClass {
  new (options?: Any): AgentMethods;
  (options?: Any): AgentMethods;
  defaultMaxSockets: number;
}

/** `http.Agent`: connections by destination, kept for later requests. Callable without `new`, and on an object. */
const AgentClass = Agent as unknown as AgentClass;
export { AgentClass as Agent };

function init(agent: Any, options: Any): void {
  agent.defaultPort = 80;
  agent.protocol = "http:";
  agent.options = { __proto__: null, ...options };
  agent.requests = table();
  agent.sockets = table();
  agent.freeSockets = table();
  agent.totalSocketCount = 0;
  agent.options.noDelay ??= true;
  // Not for a path of the file system that the request would be mistaken to go to.
  agent.options.path = null;
  agent.keepAliveMsecs = agent.options.keepAliveMsecs || 1000;
  agent.keepAlive = agent.options.keepAlive || false;
  agent.maxSockets = agent.options.maxSockets || Agent.defaultMaxSockets;
  agent.maxFreeSockets = agent.options.maxFreeSockets || 256;
  agent.scheduling = agent.options.scheduling || "lifo";
  agent.maxTotalSockets = agent.options.maxTotalSockets ?? Infinity;
  validateOneOf(agent.scheduling, "scheduling", ["fifo", "lifo"]);
  for (const name of ["maxSockets", "maxFreeSockets", "maxTotalSockets"] as const) {
    if (agent.options[name] !== undefined) validateNumber(agent.options[name], name);
    if (!(agent[name] > 0)) throw outOfRange(name, "> 0", agent[name]);
  }
  if (agent.options.timeout !== undefined) validateNumber(agent.options.timeout, "timeout");
  agent.on("free", (socket: Any, given: Any) => freed(agent, socket, given));
}

/** One that the server has ended is of no use, though it is not gone yet. */
function takeFree(agent: Any, name: string): Any {
  const free = agent.freeSockets[name] ?? [];
  const usable = free.filter((socket: Any) => !socket.destroyed && socket.writable);
  const chosen = agent.scheduling === "fifo" ? usable[0] : usable.at(-1);
  if (chosen) free.splice(free.indexOf(chosen), 1);
  return chosen;
}

/** A request is done with the socket. */
function freed(agent: Any, socket: Any, options: Any): void {
  const name = options._agentKey ?? agent.getName(options);
  if (!socket.writable) return socket.destroy();
  const waiting = agent.requests[name];
  if (waiting?.length) {
    const req = waiting.shift()!;
    if (waiting.length === 0) Reflect.deleteProperty(agent.requests, name);
    return setRequestSocket(agent, req, socket);
  }
  const req = socket._httpMessage;
  if (!req?.shouldKeepAlive || !agent.keepAlive) return socket.destroy();
  const free = agent.freeSockets[name] ?? [];
  const count = free.length + (agent.sockets[name]?.length ?? 0);
  const isTooMany =
    agent.totalSocketCount > agent.maxTotalSockets ||
    count > agent.maxSockets ||
    free.length >= agent.maxFreeSockets;
  if (isTooMany || !agent.keepSocketAlive(socket)) return socket.destroy();
  agent.freeSockets[name] = free;
  socket._httpMessage = null;
  leaveUsed(agent, name, socket);
  socket.once("error", freeSocketError);
  free.push(socket);
}

/** From those in use to the free ones: the count of all stays. */
function leaveUsed(agent: Any, name: string, socket: Any): void {
  const used = agent.sockets[name];
  const index = used?.indexOf(socket) ?? -1;
  if (index < 0) return;
  used!.splice(index, 1);
  if (used!.length === 0) Reflect.deleteProperty(agent.sockets, name);
}

/** Nobody uses the connection: that it broke is no error of anybody's. */
function freeSocketError(this: Any): void {
  this.destroy();
}

function setRequestSocket(agent: Any, req: Any, socket: Any): void {
  socket.off("error", freeSocketError);
  req.onSocket(socket);
  const agentTimeout = agent.options.timeout || 0;
  if (req.timeout === undefined || req.timeout === agentTimeout) return;
  socket.setTimeout(req.timeout);
}

function installListeners(agent: Any, socket: Any, options: Any): void {
  const onFree = () => agent.emit("free", socket, options);
  const onClose = () => agent.removeSocket(socket, options);
  const onTimeout = () => {
    // Of a request under way the request hears itself.
    const isFree = Object.values(agent.freeSockets).some((list) => (list as Any[]).includes(socket));
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

export const globalAgent = new AgentClass({ keepAlive: true, scheduling: "lifo", timeout: 5000 });

/** The agents that requests use which name none; an app may put others in their place. */
export const agents: { http: Any; https: Any } = { http: globalAgent, https: undefined };

export function validateAgent(agent: Any): void {
  if (agent !== null && agent !== undefined && typeof agent.addRequest !== "function") {
    throw invalidArgType("options.agent", ["Agent-like Object", "undefined", "false"], agent);
  }
}
