/** What an ordinary app imports; such an app runs behind the proxy and node shims. */
export const RUNTIME = "@laconic/runtime";

/** What the entry module imports once it has opted in to become a library. */
export const LIBRARY = "@laconic/runtime/library";
