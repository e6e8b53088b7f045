import type { Builtin } from "../builtin.js";

const legacy = "belongs to an interface that Node has deprecated";

export const crypto: Builtin = {
  name: "crypto",
  support: "polyfill",
  exports: {
    Certificate: {
      support: "unsupported",
      reason: "the engine reads no SPKAC, which browsers no longer make",
      wayOut: "use X509Certificate",
    },
    Cipher: { support: "unsupported", reason: legacy, wayOut: "use createCipheriv" },
    Decipher: { support: "unsupported", reason: legacy, wayOut: "use createDecipheriv" },
    generateKeyPair: {
      support: "polyfill",
      reason: "makes no DSA, Ed448 and X448 keys: the engine lacks them",
    },
    generateKeyPairSync: {
      support: "polyfill",
      reason: "makes no DSA, Ed448 and X448 keys: the engine lacks them",
    },
    createPrivateKey: {
      support: "polyfill",
      reason: "reads no DSA, Ed448 and X448 keys: the engine lacks them",
    },
    createPublicKey: {
      support: "polyfill",
      reason: "reads no DSA, Ed448 and X448 keys: the engine lacks them",
    },
    getCurves: {
      support: "polyfill",
      reason: "lists the four curves that the engine has: P-256, P-384, P-521 and secp256k1",
    },
    getCiphers: {
      support: "polyfill",
      reason: "lists AES (CBC, CCM, CFB, CTR, ECB, GCM, OFB, wrap), ChaCha20 and Triple DES",
    },
    getHashes: { support: "polyfill", reason: "lists what OpenSSL has, but for SM3" },
    setEngine: { support: "polyfill", reason: "knows no engine: there is no OpenSSL" },
    secureHeapUsed: { support: "polyfill", reason: "is all zeros: there is no secure heap" },
  },
};
