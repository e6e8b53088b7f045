// Node's globals, for whatever module names one without an import: the bundler puts the import there. Each is in the
// bundle only when it is named.
export { Buffer } from "../buffer.js";
export { default as console } from "../console.js";
export { default as process } from "../process.js";
export { moduleDirname, moduleFilename, moduleUrl } from "./module-place.js";
