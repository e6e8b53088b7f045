import { lambda, main as laconicMain } from "@laconic/runtime/library";
import { kept } from "./kept.js";
import { scenarios, type Servers } from "./scenarios.js";

const never = () => new Promise<never>(() => {});

const run = lambda(
  "run",
  ({ scenario, servers }: { scenario: string; servers: Servers }) => (scenarios[scenario] ?? never)(servers),
  { memorySize: 512, timeout: 20 },
);

function main() {
  return laconicMain("OutgoingService", "talks to other servers", [run, ...kept]);
}

main();
