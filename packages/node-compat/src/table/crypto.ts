import { lacking, type Builtin } from "../builtin.js";

export const crypto: Builtin = {
  name: "crypto",
  support: "polyfill",
  exports: {
    ...lacking("SPKAC is deprecated in browsers and in Node", "use X.509 certificate requests", [
      "Certificate",
    ]),
    ...lacking("ciphers without an initialization vector are removed from Node", "use createCipheriv", [
      "Cipher",
      "Decipher",
    ]),
  },
};
