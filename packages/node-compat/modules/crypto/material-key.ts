/** Where a KeyObject or CryptoKey keeps what it is; shared by all that take or compare keys, without loading those classes. */
export const MATERIAL = Symbol("kHandle");
