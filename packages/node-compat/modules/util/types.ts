import * as kinds from "./kinds.js";

export * from "./kinds.js";

/** `util.types` and `require("util/types")`: one object. */
export default { ...kinds };
