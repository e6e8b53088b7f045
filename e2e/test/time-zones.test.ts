import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { prepare, type Runnable } from "./both-engines.js";

/** One of each rule: none, summer time in either half of the year, half hours, changes at midnight. */
const ZONES = [
  "UTC",
  "Europe/Berlin",
  "Europe/London",
  "Europe/Dublin",
  "Europe/Moscow",
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Los_Angeles",
  "America/Anchorage",
  "America/Halifax",
  "America/St_Johns",
  "Pacific/Honolulu",
  "Asia/Kolkata",
  "Asia/Shanghai",
  "Asia/Tokyo",
  "Asia/Seoul",
  "Asia/Hong_Kong",
  "Asia/Manila",
  "Asia/Karachi",
  "Asia/Jakarta",
  "Asia/Jerusalem",
  "Africa/Johannesburg",
  "Africa/Nairobi",
  "Africa/Lagos",
  "Africa/Maputo",
  "Australia/Sydney",
  "Australia/Adelaide",
  "Australia/Perth",
  "Pacific/Auckland",
];

let scratch: string;
let dates: Runnable;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), "laconic-time-zones-"));
  dates = await prepare(fileURLToPath(new URL("../differential", import.meta.url)), "dates.mjs", scratch);
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

it.each(ZONES)("dates in %s are Node's", async (zone) => {
  const [node, library] = await Promise.all([
    dates.inNode({ TZ: zone }),
    dates.inLibrary({ TZ: `:${zone}` }),
  ]);
  expect(library).toEqual(node);
});
