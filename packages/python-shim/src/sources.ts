import { readFileSync } from "node:fs";

function source(name: string): string {
  return readFileSync(new URL(`../python/${name}`, import.meta.url), "utf8");
}

/** The shim up to its handlers: a real Python file, so that it is linted, typed and tested as one. */
export const SHIM_SOURCE = source("laconic_shim.py");

/** What only an error needs, in a file of its own so that a cold start does not compile it. */
export const FAULTS_SOURCE = source("laconic_faults.py");

/** The parts of the context that few invocations have, in a file of their own for the same reason. */
export const CALLER_SOURCE = source("laconic_caller.py");

/** What is done after a response, likewise, and the extension that a part of it needs. */
export const AFTER_RESPONSE_SOURCE = source("laconic_after_response.py");
export const EXTENSION_SOURCE = source("laconic_extension.py");

/** The hooks and the credentials of functions with SnapStart, likewise. */
export const SNAPSTART_SOURCE = source("laconic_snapstart.py");
