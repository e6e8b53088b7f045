// The one list of what is known to differ, each with its cause.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { suiteFolder } from "./apps.mjs";
import { SIDES } from "./suite.mjs";

/**
 * @typedef {object} KnownFailure
 * @property {string} app
 * @property {string[]} requests names of the corpus, each in full
 * @property {("library" | "dispatcher")[]} sides
 * @property {string} cause
 * @property {boolean} [platform] whether Lambda itself is the cause, whatever answers
 */

/** @returns {Promise<KnownFailure[]>} */
export async function readKnownFailures() {
  return JSON.parse(await readFile(join(suiteFolder, "known-failures.json"), "utf8"));
}

/** @returns {KnownFailure | undefined} */
export function knownFailure(known, app, request, side) {
  return known.find(
    (entry) => entry.app === app && entry.sides.includes(side) && entry.requests.includes(request),
  );
}

/**
 * What the list does not expect of an app: a failure that it lacks, and one that it has and that passed.
 * @param {{ app: string, results: import("./suite.mjs").RequestResult[] }} report
 * @param {readonly KnownFailure[]} known
 * @returns {string[]}
 */
export function unexpected({ app, results }, known) {
  const surprises = results.flatMap((result) =>
    SIDES.flatMap((side) => {
      const listed = knownFailure(known, app, result.request, side);
      const failed = result[side].length > 0;
      if (failed && !listed) return [`${side}: ${result.request}\n    ${result[side].join("\n    ")}`];
      if (!failed && listed)
        return [`${side}: ${result.request} is identical now: take it off known-failures.json`];
      return [];
    }),
  );
  const names = results.map(({ request }) => request);
  const gone = known
    .filter((entry) => entry.app === app)
    .flatMap((entry) => entry.requests.filter((request) => !names.includes(request)))
    .map((request) => `known-failures.json names ${request}, which is not in the corpus`);
  return [...surprises, ...gone];
}
