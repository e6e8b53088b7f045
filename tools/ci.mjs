/** Whether this run is CI's, as every CI service says it: there, what cannot run has failed. */
export function isCi(env = process.env) {
  return !["", "0", "false"].includes((env.CI ?? "").toLowerCase());
}

/**
 * Tells of tests that cannot run here. Locally they are skipped with the reason; in CI that is a failure.
 *
 * @param {string} what the tests, such as `the tests that need a container engine`
 * @param {string} reason what is in their way, to follow "because"
 * @param {NodeJS.ProcessEnv} [env]
 * @throws {Error} in CI
 */
export function cannotRun(what, reason, env = process.env) {
  if (isCi(env)) throw new Error(`CI must run ${what}, and cannot, because ${reason}`);
  console.warn(`\nskipped: ${what}, because ${reason}\n`);
}
