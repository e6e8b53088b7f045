import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

const PROMISE = "getPromiseDetails:function(){return[c,void 0]}";
const PROXY = "getProxyDetails:a.getProxyDetails,";
const DETAILS = 'globalThis[Symbol.for("laconic.details")]';

/**
 * esbuild plugin: lets node-inspect-extracted ask the engine for the state of promises and for what is behind a proxy,
 * which no JavaScript can find out. `modules/util/inspect.ts` puts the answers where they are looked for.
 */
export function inspectDetails(): Plugin {
  return {
    name: "laconic-inspect-details",
    setup(build) {
      build.onLoad({ filter: /[\\/]node-inspect-extracted[\\/]dist[\\/]inspect\.js$/ }, async ({ path }) => {
        const source = await readFile(path, "utf8");
        // Another version, which an app has brought itself: as it is.
        if (!source.includes(PROMISE) || !source.includes(PROXY)) return undefined;
        const contents = source
          .replace(
            PROMISE,
            `getPromiseDetails:function(t){var d=${DETAILS},p=d&&d.promise(t);return p?[[c,void 0,l][p[0]],p[1]]:[c,void 0]}`,
          )
          .replace(
            PROXY,
            `getProxyDetails:function(t,e){var d=${DETAILS},p=d&&d.proxy(t);return p?void 0===e||e?p:p[0]:a.getProxyDetails(t,e)},`,
          );
        return { contents, loader: "js" };
      });
    },
  };
}
