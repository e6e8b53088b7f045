// The console's module of the fuzzed app.
globalThis[Symbol.for("laconic.format")] = {
  format: (...values) => values.map(String).join(" "),
  inspect: String,
  table: String,
};
