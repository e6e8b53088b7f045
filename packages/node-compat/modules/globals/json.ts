import "../internal/lazy.js";

/** Makes `JSON.parse` fail in V8's words. What parses costs nothing more than the call. */
const parse = JSON.parse;
const wrapped = {
  parse(text: string, reviver?: (key: string, value: unknown) => unknown): unknown {
    try {
      return reviver === undefined ? parse(text) : parse(text, reviver as never);
    } catch (error) {
      if (error instanceof SyntaxError) {
        const { jsonErrorMessage } = require("./json-errors.js") as typeof import("./json-errors.js");
        error.message = jsonErrorMessage(String(text)) ?? error.message;
      }
      throw error;
    }
  },
};
JSON.parse = wrapped.parse as typeof JSON.parse;
