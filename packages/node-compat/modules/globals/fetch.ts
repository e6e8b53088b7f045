// The global `fetch`, for apps that name it; evaluated with its HTTP client when it is first read.
import "../internal/lazy.js";

const settle = (value: unknown): void => {
  Object.defineProperty(globalThis, "fetch", { value, writable: true, enumerable: true, configurable: true });
};

Object.defineProperty(globalThis, "fetch", {
  get() {
    const { fetch } = require("../web/fetch.js");
    settle(fetch);
    return fetch;
  },
  set: settle,
  enumerable: true,
  configurable: true,
});
