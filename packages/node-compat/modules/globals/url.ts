import "../internal/lazy.js";
import { lazily } from "./lazily.js";

// Made of the engine's own, which the module has to see before the names are taken.
const native = { URL: globalThis.URL, URLSearchParams: globalThis.URLSearchParams };

lazily(["URL", "URLSearchParams"], () => {
  Object.defineProperties(globalThis, {
    URL: { value: native.URL, writable: true, configurable: true },
    URLSearchParams: { value: native.URLSearchParams, writable: true, configurable: true },
  });
  const classes = require("../web/url.js");
  for (const name of ["URL", "URLSearchParams"]) {
    Object.defineProperty(globalThis, name, { value: classes[name], writable: true, configurable: true });
  }
  return classes;
});
