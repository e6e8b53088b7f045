import "./lazy.js";

/** A DOMException. The class is evaluated when the first one is made: most apps never see one. */
export function domException(message: string, name: string): DOMException {
  const { DOMException } = require("../web/dom-exception.js") as typeof import("../web/dom-exception.js");
  return new DOMException(message, name);
}

export function isDomException(value: unknown): boolean {
  return Object.prototype.toString.call(value) === "[object DOMException]";
}
