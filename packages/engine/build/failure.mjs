/** Ends the build with one line for the developer. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}
