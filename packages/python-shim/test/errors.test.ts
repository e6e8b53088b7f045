import { expect, it } from "vitest";
import { PYTHON_SHIM_ERRORS } from "../src/index.js";
import { FAULTS_SOURCE, SNAPSTART_SOURCE } from "../src/sources.js";

it("registers every code that the Python half uses", () => {
  const used = new Set(`${FAULTS_SOURCE}${SNAPSTART_SOURCE}`.match(/LAC\d{4}/g));
  const registered = Object.keys(PYTHON_SHIM_ERRORS).filter((code) => code.startsWith("LAC61"));
  expect([...used].sort()).toEqual(registered);
});
