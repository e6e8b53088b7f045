import { Buffer } from "../buffer.js";
import type { Any, AnyFunction } from "../internal/any.js";
import { invalidArgType, nodeError } from "../internal/errors.js";
import { validateString } from "../internal/validate.js";
import { validatePort } from "../net/options.js";

/** What one call of `send` is to send, and where to. */
export class Outgoing {
  private constructor(
    private readonly pieces: readonly Uint8Array[],
    readonly port: number,
    readonly address: Any,
    readonly callback: AnyFunction | undefined,
  ) {}

  /**
   * `(msg, [offset, length,] [port, [address,]] [callback])`; the port and the address only while the socket is connected
   * to nobody.
   */
  static of([message, ...rest]: Any[], isConnected: boolean): Outgoing {
    const isPart = isConnected
      ? typeof rest[1] === "number"
      : Boolean(rest[3]) || (Boolean(rest[2]) && typeof rest[2] !== "function");
    const pieces = isPart ? [slice(message, rest[0], rest[1])] : piecesOf(message);
    if (isPart) rest.splice(0, 2);
    if (isConnected) {
      // A port is taken for one that is meant, whatever follows it.
      const [callback, ...others] = isPart ? rest : [rest[0], ...rest.slice(2)];
      if ((callback && typeof callback !== "function" && isPart) || others.some(Boolean)) {
        throw nodeError(Error, "ERR_SOCKET_DGRAM_IS_CONNECTED", "Already connected");
      }
      return new Outgoing(pieces, 0, undefined, functionOrNone(callback));
    }
    const [port, address, callback] = rest;
    const checked = validatePort(port, "Port", false);
    if (typeof address === "function") return new Outgoing(pieces, checked, undefined, address);
    if (address !== undefined && address !== null) validateString(address, "address");
    return new Outgoing(pieces, checked, address, functionOrNone(callback));
  }

  join(): Uint8Array {
    return this.pieces.length === 1 ? this.pieces[0]! : Buffer.concat(this.pieces);
  }
}

function functionOrNone(value: Any): AnyFunction | undefined {
  return typeof value === "function" ? value : undefined;
}

function slice(message: Any, offset: Any, length: Any): Uint8Array {
  const bytes = bytesOf(message);
  if (bytes === undefined) throw wrong("buffer", message);
  const from = offset >>> 0;
  const count = length >>> 0;
  if (from > bytes.length) throw outOfBounds("offset");
  if (from + count > bytes.length) throw outOfBounds("length");
  return bytes.subarray(from, from + count);
}

function piecesOf(message: Any): Uint8Array[] {
  if (!Array.isArray(message)) {
    const bytes = bytesOf(message);
    if (bytes === undefined) throw wrong("buffer", message);
    return [bytes];
  }
  if (message.length === 0) return [Buffer.alloc(0)];
  return message.map((each: Any) => {
    const bytes = bytesOf(each);
    if (bytes === undefined) throw wrong("buffer list arguments", message);
    return bytes;
  });
}

function bytesOf(value: Any): Uint8Array | undefined {
  if (typeof value === "string") return Buffer.from(value);
  if (!ArrayBuffer.isView(value)) return undefined;
  return new Uint8Array(value.buffer as ArrayBuffer, value.byteOffset, value.byteLength);
}

function wrong(name: string, value: unknown): Error {
  return invalidArgType(name, ["Buffer", "TypedArray", "DataView", "string"], value);
}

function outOfBounds(name: string): Error {
  return nodeError(RangeError, "ERR_BUFFER_OUT_OF_BOUNDS", `"${name}" is outside of buffer bounds`);
}
