import type { Any } from "../internal/any.js";
import { nodeError } from "../internal/errors.js";
import { getRandomValues, randomUUID } from "./random.js";

/** Only `webcrypto` is made. */
const TOKEN = Symbol("token");

export class Crypto {
  constructor(token?: symbol) {
    if (token !== TOKEN) throw nodeError(TypeError, "ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor");
  }

  /** Evaluated when it is first used. */
  get subtle(): Any {
    return require("./subtle.js").subtle;
  }

  getRandomValues(array: Any): Any {
    return getRandomValues(array);
  }

  randomUUID(options?: Any): string {
    return randomUUID(options);
  }

  get [Symbol.toStringTag](): string {
    return "Crypto";
  }
}

export const webcrypto = new Crypto(TOKEN);
