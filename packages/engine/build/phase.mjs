/** Says what the build is doing, one plain line a phase. */
export function phase(what) {
  console.log(`engine: ${what}`);
}
