import { dockerTests } from "../../vitest.shared.js";

export default dockerTests("test/docker/**/*.test.ts");
