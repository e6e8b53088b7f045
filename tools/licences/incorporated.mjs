// What was written into files of this repository after the work of others.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../workspace.mjs";
import { allowedLicense } from "./policy.mjs";
import { standardText } from "./texts.mjs";

/** By the name of the package that holds it; the NOTICE file says the same in words. */
const INCORPORATED = { "@laconic/node-compat": [nodeLibrary, unicodeData] };

/** @returns {import("./notices.mjs").Component[]} */
export function incorporatedComponents(name) {
  return (INCORPORATED[name] ?? []).map((component) => component());
}

/** Modules whose structure, names and messages follow those of Node's own library. */
function nodeLibrary() {
  const { version } = intlData();
  return {
    ...{ name: "Node.js", version, source: "https://github.com/nodejs/node" },
    license: allowedLicense("Node.js", "MIT"),
    texts: [
      standardText("MIT", [
        "Copyright Node.js contributors. All rights reserved.",
        "Copyright Joyent, Inc. and other Node contributors. All rights reserved.",
      ]),
    ],
  };
}

/** Names, patterns and symbols of dates and numbers: Unicode's CLDR, as ICU in Node has them. */
function unicodeData() {
  return {
    ...{ name: "ICU and CLDR data", version: `ICU ${intlData().icu}`, source: "https://cldr.unicode.org" },
    license: allowedLicense("CLDR", "Unicode-3.0"),
    texts: [standardText("Unicode-3.0", ["Copyright © 1991-2025 Unicode, Inc."])],
  };
}

/** The first line of the data says which ICU and which Node it is from. */
function intlData() {
  const file = "packages/node-compat/modules/intl/data.ts";
  const found = /from ICU (?<icu>\S+) in Node (?<version>\d+\.\d+\.\d+)/.exec(
    readFileSync(join(root, file), "utf8"),
  );
  if (!found) throw new Error(`${file} does not say in its first line which ICU it is from`);
  return found.groups;
}
