import type { Any } from "../internal/any.js";
import { Socket } from "../net/socket.js";
import { DuplexHandle } from "./duplex-handle.js";
import { callable } from "../internal/callable.js";

/** Node's socket over any Duplex: what lies below TLS through a proxy. Packages find the class in a TLS socket's handle. */
class JSStreamSocketClass extends Socket {
  readonly stream: Any;

  constructor(stream: Any) {
    super();
    this.stream = stream;
    this._attach(new DuplexHandle(stream));
  }
}

export const JSStreamSocket = /* @__PURE__ */ callable("JSStreamSocket", JSStreamSocketClass);
export type JSStreamSocket = JSStreamSocketClass;
