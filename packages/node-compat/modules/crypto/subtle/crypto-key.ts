import type { Any } from "../../internal/any.js";
import { nodeError } from "../../internal/errors.js";
import { MATERIAL, type Material } from "../keys/material.js";

const TOKEN = Symbol("token");
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** A key of WebCrypto: what it is, and what it may be used for. */
export class CryptoKey {
  declare [MATERIAL]: Material;
  readonly #algorithm: Any;
  readonly #extractable: boolean;
  readonly #usages: string[];

  constructor(
    token?: symbol,
    material?: Material,
    algorithm?: Any,
    extractable?: boolean,
    usages?: string[],
  ) {
    if (token !== TOKEN) throw nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
    Object.defineProperty(this, MATERIAL, { value: material });
    this.#algorithm = algorithm;
    this.#extractable = extractable!;
    this.#usages = usages!;
  }

  get type(): Material["type"] {
    return this[MATERIAL].type;
  }

  get extractable(): boolean {
    return this.#extractable;
  }

  get algorithm(): Any {
    return this.#algorithm;
  }

  get usages(): string[] {
    return this.#usages;
  }

  get [Symbol.toStringTag](): string {
    return "CryptoKey";
  }

  [INSPECT](_depth: number, options: Any, inspect: Any): string {
    const { type, extractable, algorithm, usages } = this;
    return `CryptoKey ${inspect({ type, extractable, algorithm, usages }, options)}`;
  }
}
for (const name of ["type", "extractable", "algorithm", "usages"]) {
  Object.defineProperty(CryptoKey.prototype, name, { enumerable: true });
}

export function cryptoKey(
  material: Material,
  algorithm: Any,
  extractable: boolean,
  usages: readonly string[],
): CryptoKey {
  return new CryptoKey(TOKEN, material, algorithm, extractable, [...new Set(usages)]);
}

/** KeyObject's `toCryptoKey`. */
export function fromKeyObject(key: Any, algorithm: Any, extractable: boolean, usages: string[]): CryptoKey {
  return require("./import.js").wrapMaterial(key[MATERIAL], algorithm, extractable, usages);
}
