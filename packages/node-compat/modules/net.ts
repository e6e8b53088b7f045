import type { Any, AnyFunction } from "./internal/any.js";
import { callable } from "./internal/callable.js";
import { validateBoolean, validateInteger } from "./internal/validate.js";
import { BlockList } from "./net/block-list.js";
import { autoSelect } from "./net/connect.js";
import { isIP, isIPv4, isIPv6 } from "./net/ip.js";
import { normalizeArgs } from "./net/options.js";
import { Server as ServerClass } from "./net/server.js";
import { SocketAddress } from "./net/socket-address.js";
import { Socket as SocketClass } from "./net/socket.js";

export const Server = callable(ServerClass);
export type Server = ServerClass;
export const Socket = callable(SocketClass);
export type Socket = SocketClass;

export { BlockList, isIP, isIPv4, isIPv6, Socket as Stream, SocketAddress };

export function connect(...args: Any[]): Socket {
  const [options, listener] = normalizeArgs(args);
  const socket: Any = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket._connect({ ...options, signal: undefined, timeout: undefined }, listener);
}

export { connect as createConnection };

export function createServer(options?: Any, listener?: AnyFunction): Server {
  return new Server(options, listener);
}

export function getDefaultAutoSelectFamily(): boolean {
  return autoSelect.isOn;
}

export function setDefaultAutoSelectFamily(value: boolean): void {
  validateBoolean(value, "value");
  autoSelect.isOn = value;
}

export function getDefaultAutoSelectFamilyAttemptTimeout(): number {
  return autoSelect.timeout;
}

export function setDefaultAutoSelectFamilyAttemptTimeout(value: number): void {
  validateInteger(value, "value", 1);
  autoSelect.timeout = Math.max(value, 10);
}

/** Node's libraries look here for the overloads of `connect`. */
export const _normalizeArgs = normalizeArgs;

export default {
  _normalizeArgs,
  BlockList,
  connect,
  createConnection: connect,
  createServer,
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
  Socket,
  SocketAddress,
  Stream: Socket,
};
