import { show, showThrown } from "./show.mjs";

/**
 * A Lambda handler that runs the named case of a package's app.
 * @param {Readonly<Record<string, () => unknown>>} cases
 */
export function caseHandler(cases) {
  return async (event) => {
    try {
      return show(await cases[event.case]());
    } catch (error) {
      return showThrown(error);
    }
  };
}
