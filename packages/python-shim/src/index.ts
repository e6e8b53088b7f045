export { compilePythonShim, type ShimBytecode } from "./bytecode.js";
export { PYTHON_SHIM_ERRORS, PythonShimError, type PythonShimErrorCode } from "./errors.js";
export { generatePythonShim, type PythonShim, type PythonShimOptions } from "./generate.js";
export { pythonName } from "./python-names.js";
