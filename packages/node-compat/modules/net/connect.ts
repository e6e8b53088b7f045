import { connectTcp } from "laconic:sockets";
import { lookup as systemLookup } from "../dns/lookup.js";
import type { Any } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { validateFunction } from "../internal/validate.js";
import { nextTick } from "../process/ticks.js";
import { connectException, ETIMEDOUT } from "./errno.js";
import { connectInProcess } from "./in-process.js";
import { isIP } from "./ip.js";
import { validatePort } from "./options.js";
import { SystemHandle } from "./system-handle.js";

export const autoSelect = { isOn: true, timeout: 250 };

interface Address {
  readonly address: string;
  readonly family: number;
}

/** Connects the socket to `options.host` and `options.port`; a name's addresses are tried one after the other. */
export function connectToHost(socket: Any, options: Any): void {
  const { localAddress, localPort } = options;
  const host = options.host || "localhost";
  if (localAddress && !isIP(localAddress)) {
    throw nodeError(TypeError, "ERR_INVALID_IP_ADDRESS", `Invalid IP address: ${localAddress}`);
  }
  if (localPort !== undefined) validatePort(localPort, "options.localPort");
  if (options.port === undefined) {
    throw nodeError(
      TypeError,
      "ERR_MISSING_ARGS",
      'The "options" or "port" or "path" argument must be specified',
    );
  }
  if (typeof options.port !== "number" && typeof options.port !== "string") {
    throw invalidArgType("options.port", ["number", "string"], options.port);
  }
  const port = validatePort(options.port);
  const attempt = (addresses: readonly Address[]) => tryAll(socket, addresses, port, options);

  const family = isIP(host);
  if (family !== 0) {
    // Not at once: the caller has yet to add its listeners.
    nextTick(() => socket.connecting && attempt([{ address: host, family }]));
    return;
  }
  if (options.lookup != null) validateFunction(options.lookup, "options.lookup");
  const lookup = options.lookup ?? systemLookup;
  const all =
    (options.autoSelectFamily ?? autoSelect.isOn) && ![4, 6].includes(options.family) && !localAddress;
  const query = {
    family: options.family === 4 || options.family === 6 ? options.family : 0,
    hints: options.hints ?? 0,
    all,
  };
  socket._host = host;
  lookup(host, query, (error: Any, found: Any, foundFamily: Any) => {
    const addresses: Address[] = error
      ? []
      : Array.isArray(found)
        ? found
        : [{ address: found, family: foundFamily }];
    if (error) socket.emit("lookup", error, undefined, undefined, host);
    for (const { address, family } of addresses) socket.emit("lookup", null, address, family, host);
    if (!socket.connecting) return;
    if (error) return nextTick(() => socket.destroy(error));
    const wrong = addresses.find(({ address }) => !isIP(address));
    if (addresses.length === 0 || wrong) {
      const text = `Invalid IP address: ${wrong?.address}`;
      return nextTick(() =>
        socket.destroy(Object.assign(nodeError(TypeError, "ERR_INVALID_IP_ADDRESS", text), { host, port })),
      );
    }
    attempt(all ? interleave(addresses) : addresses.slice(0, 1));
  });
}

/** The families in turn, beginning with the first address's, as RFC 8305 has it. */
function interleave(addresses: readonly Address[]): Address[] {
  const first = addresses.filter(({ family }) => family === addresses[0]!.family);
  const other = addresses.filter(({ family }) => family !== addresses[0]!.family);
  const result: Address[] = [];
  for (let index = 0; index < Math.max(first.length, other.length); index++) {
    if (first[index]) result.push(first[index]!);
    if (other[index]) result.push(other[index]!);
  }
  return result;
}

function tryAll(socket: Any, addresses: readonly Address[], port: number, options: Any): void {
  const errors: Any[] = [];
  const timeout = options.autoSelectFamilyAttemptTimeout ?? autoSelect.timeout;
  const isAlone = addresses.length === 1;
  if (!isAlone) socket.autoSelectFamilyAttemptedAddresses = [];

  const next = (index: number): void => {
    const { address, family } = addresses[index]!;
    const isLast = index === addresses.length - 1;
    socket.autoSelectFamilyAttemptedAddresses?.push(`${address}:${port}`);
    socket.emit("connectionAttempt", address, port, family);
    const handle =
      connectInProcess(port, address) ??
      new SystemHandle((listener) =>
        connectTcp(address, port, options.localAddress, Number(options.localPort ?? 0), listener),
      );
    if (socket._isUnreferenced) handle.setReferenced(false);
    // The last address gets all the time there is.
    const timer = isLast
      ? undefined
      : setTimeout(() => {
          socket.emit("connectionAttemptTimeout", address, port, family);
          fail(ETIMEDOUT);
        }, timeout);
    const fail = (errno: number): void => {
      clearTimeout(timer);
      errors.push(connectException(errno, "connect", address, port, localPart(options)));
      if (!isLast && socket.connecting) {
        handle.close(() => undefined);
        return next(index + 1);
      }
      socket._attempt = undefined;
      // Closed with the socket, whose "close" comes when the handle is gone.
      socket._handle = handle;
      socket.destroy(isAlone ? errors[0] : aggregate(errors));
    };
    socket._attempt = {
      cancel: () => {
        clearTimeout(timer);
        handle.close(() => undefined);
      },
    };
    handle.onOpen = (errno) => {
      if (errno === 0) {
        clearTimeout(timer);
        socket._attempt = undefined;
        return socket._connected(handle);
      }
      const error = connectException(errno, "connect", address, port);
      socket.emit("connectionAttemptFailed", address, port, family, error);
      fail(errno);
    };
  };
  next(0);
}

function localPart({ localAddress, localPort }: Any): string | undefined {
  return localAddress && localPort ? `${localAddress}:${localPort}` : undefined;
}

/** Node's error when no address could be reached: its code is the first one's. */
function aggregate(errors: Any[]): Any {
  const error: Any = new AggregateError(errors);
  return Object.assign(error, { code: errors[0].code });
}
