import { EventEmitter } from "../events/emitter.js";
import type { Any } from "../internal/any.js";
import { nodeError, unsupported } from "../internal/errors.js";

export const url = (): undefined => undefined;
export const close = (): void => undefined;
export const open = (): never => {
  throw unsupported("inspector.open()", "the library's engine has no inspector");
};
export const waitForDebugger = (): never => {
  throw nodeError(Error, "ERR_INSPECTOR_NOT_ACTIVE", "Inspector is not active");
};
export const console = globalThis.console;
export const Network: Any = {};
export const NetworkResources: Any = {};

export class Session extends (EventEmitter as Any) {
  connect(): never {
    throw unsupported("inspector.Session", "the library's engine has no inspector");
  }
  connectToMainThread(): never {
    return this.connect();
  }
  disconnect(): void {}
  post(): never {
    return this.connect();
  }
}

export default { open, close, url, waitForDebugger, console, Session, Network, NetworkResources };
