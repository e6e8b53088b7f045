import { DispatchError } from "../errors.js";
import type { Adapter } from "../function.js";

/**
 * In the place of listener.ts, and of all that it brings along, in a bundle whose HTTP apps are surely fetch apps.
 * @throws DispatchError LAC3009
 */
export function listenerAdapter(functionName: string): Adapter {
  throw new DispatchError(
    "LAC3009",
    `HTTP function "${functionName}" is a Node listener, which the build took for an app that is asked for a Response`,
    {
      hint: `Register it by a function that shows it: http("${functionName}", (request, response) => app(request, response)).`,
    },
  );
}
