/** Fuzzes the engine under AddressSanitizer: `node fuzz.mjs [seconds]`, 60 by default. */
import { fuzz } from "./build/fuzz.mjs";

const outcomes = fuzz(Number(process.argv[2] ?? 60));
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1;
