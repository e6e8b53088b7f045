// Node's globals, for whatever module names one without an import: the bundler puts the import there. Each is in the
// bundle only when it is named.
export { engineProcess as laconicProcess } from "../globals/engine-process.js";
export { enginePerformance as laconicPerformance } from "../globals/engine-performance.js";
export { CryptoKey } from "../crypto/subtle/crypto-key.js";
export { SubtleCrypto } from "../crypto/subtle.js";
export { Crypto, webcrypto as crypto } from "../crypto/webcrypto.js";
export {
  laconicModuleDirname,
  laconicModuleFilename,
  laconicModuleMeta,
  laconicModuleUrl,
} from "./module-place.js";
