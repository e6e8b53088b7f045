// Loads the bundle whose URL is the first argument and prints what it registers, as one line of JSON.
import { described } from "./laconic-errors.mjs";
import { registered } from "./laconic-service.mjs";

const [, , bundle] = process.argv;
try {
  await import(String(bundle));
  const { name, description, functions } = registered().service;
  const list = functions.map(({ name, adapter: { kind }, options }) => ({ name, kind, options }));
  process.stdout.write(`\n${JSON.stringify({ service: { name, description }, functions: list })}\n`, () =>
    process.exit(0),
  );
} catch (error) {
  const { errorType, errorMessage, stackTrace } = described(error);
  const lines = [`${errorType}: ${errorMessage}`, ...stackTrace.map((line) => `    ${line}`)];
  process.stderr.write(`${lines.join("\n")}\n`, () => process.exit(1));
}
