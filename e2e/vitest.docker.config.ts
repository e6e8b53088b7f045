import { dockerTests } from "../vitest.shared.js";

export default dockerTests("docker/**/*.test.ts");
