// Writes docs/node-compat.md from the table of built-ins; --check fails when it is stale.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  builtins,
  intlNotes,
  NODE_VERSION,
  nodeExports,
  nodeGlobals,
  unsupportedGlobals,
  unsupportedIntl,
} from "@laconic/node-compat";

const file = fileURLToPath(new URL("../docs/node-compat.md", import.meta.url));

const cell = (text) => text.replaceAll("|", "\\|").replace(/\s+/g, " ");
const anchor = (name) => `node${name.replace(/\W/g, "")}`;
const because = ({ reason = "", wayOut }) => cell(wayOut ? `${reason}; ${wayOut}` : reason);
const rowsOf = ({ exports: rows = {} }) => Object.entries(rows);
const isPartial = (builtin) => builtin.support !== "unsupported" && rowsOf(builtin).length > 0;

/** How many of Node's exports there are. A row of a member (`promises.open`) is of an export that is there. */
function share({ name, support, exports: rows = {} }) {
  const all = nodeExports[name].length;
  const lacking = nodeExports[name].filter((one) => rows[one]?.support === "unsupported").length;
  return support === "unsupported" ? "" : `${all - lacking} of ${all}`;
}

function overview(builtin) {
  const { name, support } = builtin;
  const title = isPartial(builtin) ? `[\`node:${name}\`](#${anchor(name)})` : `\`node:${name}\``;
  return `| ${title} | ${support} | ${share(builtin)} | ${because(builtin)} |`;
}

/** Every export of a built-in of which some differ: those first, with the reason, then the others in one row. */
function details(builtin) {
  const { name, support } = builtin;
  const rows = rowsOf(builtin).sort(([a], [b]) => (a < b ? -1 : 1));
  const asInNode = nodeExports[name].filter((one) => !builtin.exports[one]);
  return [
    "",
    `### node:${name}`,
    "",
    "| export | support | what differs |",
    "| --- | --- | --- |",
    ...rows.map(([one, row]) => `| \`${one}\` | ${row.support} | ${because(row)} |`),
    ...(asInNode.length > 0 ? [`| ${asInNode.map((one) => `\`${one}\``).join(", ")} | ${support} | |`] : []),
  ];
}

const globals = Object.entries(unsupportedGlobals);
const page = [
  "# Node's built-ins in the library",
  "",
  `Every built-in of Node ${NODE_VERSION.split(".")[0]}, and of those that differ every export. Generated: change the rows in`,
  "[`packages/node-compat/src/table`](../packages/node-compat/src/table). `laconic check` finds what an app uses of what is not",
  "there.",
  "",
  "| support | meaning |",
  "| --- | --- |",
  "| native | the engine's own |",
  "| overlay | the engine's own, completed by JavaScript that ships in the library |",
  "| polyfill | JavaScript that ships in the library |",
  "| unsupported | not at all: the reason, and the way out |",
  "",
  "| built-in | support | exports | what differs |",
  "| --- | --- | --- | --- |",
  ...builtins.map(overview),
  "",
  "## Globals",
  "",
  `The library has the globals of Node ${NODE_VERSION.split(".")[0]} (${nodeGlobals.length - globals.length} of ${nodeGlobals.length}) but these.`,
  "",
  "| global | why not |",
  "| --- | --- |",
  ...globals.map(([name, row]) => `| \`${name}\` | ${because(row)} |`),
  "",
  "## Intl",
  "",
  ...intlNotes.map((note) => `- ${note}`),
  "",
  "| member | why not |",
  "| --- | --- |",
  ...Object.entries(unsupportedIntl).map(([name, row]) => `| \`Intl.${name}\` | ${because(row)} |`),
  "",
  "## Exports",
  ...builtins.filter(isPartial).flatMap(details),
  "",
].join("\n");

if (!process.argv.includes("--check")) {
  writeFileSync(file, page);
} else if (readFileSync(file, "utf8") !== page) {
  console.error("docs/node-compat.md is stale: run `node tools/node-compat-doc.mjs`");
  process.exitCode = 1;
}
