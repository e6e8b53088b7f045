import type { Any } from "../internal/any.js";
import { invalidArgType } from "../internal/errors.js";
import { toBytes, isAnyArrayBuffer } from "./bytes.js";
import { invalidKeyObjectType } from "./errors.js";
import { MATERIAL } from "./material-key.js";

export { MATERIAL };

/** What is known of a key: its kind, and its secret bytes or the numbers of an asymmetric one. */
export interface SecretMaterial {
  readonly type: "secret";
  readonly bytes: Uint8Array;
}

/** The bytes of a secret key, in any of the forms in which it may be given. */
export function secretBytes(key: Any, name: string, encoding?: Any): Uint8Array {
  const material = key?.[MATERIAL];
  if (material !== undefined) {
    if (material.type !== "secret") throw invalidKeyObjectType(material.type, "secret");
    return material.bytes;
  }
  if (typeof key !== "string" && !ArrayBuffer.isView(key) && !isAnyArrayBuffer(key)) {
    const kinds = ["string", "ArrayBuffer", "Buffer", "TypedArray", "DataView", "KeyObject", "CryptoKey"];
    throw invalidArgType(name, kinds, key);
  }
  return toBytes(key, name, encoding);
}
