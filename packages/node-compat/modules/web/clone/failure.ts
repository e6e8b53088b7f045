import { proxyDetails } from "laconic:node";
import type { Any } from "../../internal/any.js";
import { DOMException } from "../dom-exception.js";

export function failed(message: string): DOMException {
  return new DOMException(message, "DataCloneError");
}

/** V8's words for what it does not copy. */
export function uncloneable(value: Any): string {
  return `${textOf(value)} could not be cloned.`;
}

function textOf(value: Any): string {
  if (typeof value === "function" || typeof value === "symbol") return String(value);
  const target = proxyDetails(value)?.[0] ?? value;
  const constructor = dataProperty(target, "constructor");
  const isPlain = dataProperty(target, "toString") === Object.prototype.toString;
  if (isPlain && typeof constructor === "function" && constructor.name) return `#<${constructor.name}>`;
  return Object.prototype.toString.call(target);
}

/** Without running code of the object's. */
function dataProperty(value: object, name: string): Any {
  for (let one: object | null = value; one !== null; one = Object.getPrototypeOf(one) as object | null) {
    const descriptor = Object.getOwnPropertyDescriptor(one, name);
    if (descriptor) return descriptor.value;
  }
  return undefined;
}
