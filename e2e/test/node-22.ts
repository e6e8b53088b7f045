import { nodeDistribution } from "@laconic/bench";
import { NODE_VERSION } from "@laconic/node-compat";

let found: Promise<string> | undefined;

/** The Node that the library follows, to the last digit of its version, whatever runs the tests. */
export function node22(): Promise<string> {
  return (found ??= find());
}

async function find(): Promise<string> {
  const { node, version } = await nodeDistribution();
  if (version === NODE_VERSION) return node;
  throw new Error(
    `packages/bench/nodejs/node pins Node ${version}, and node-compat's table is of Node ${NODE_VERSION}: they must be one`,
  );
}
