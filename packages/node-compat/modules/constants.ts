import { constants as os } from "./os.js";

const { errno, signals, priority, dlopen } = os;

/** Deprecated: the numbers of `os.constants` in one object. */
export default { ...dlopen, ...errno, ...priority, ...signals };
