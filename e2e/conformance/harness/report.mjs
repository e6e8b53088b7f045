// The report: what is identical, by app and by package, and the cause of what is not.
import { writeFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import { format } from "prettier";
import { suiteFolder } from "./apps.mjs";
import { knownFailure } from "./known-failures.mjs";
import { SIDES } from "./suite.mjs";

const FILES = { markdown: "REPORT.md", json: "report.json" };

/**
 * @param {readonly { app: string, packages: string[], results: import("./suite.mjs").RequestResult[] }[]} reports
 * @param {readonly import("./known-failures.mjs").KnownFailure[]} known
 */
export function summarise(reports, known) {
  const sorted = [...reports].sort((a, b) => (a.app < b.app ? -1 : 1));
  const apps = sorted.map(({ app, packages, results }) => ({
    app,
    packages,
    requests: results.length,
    ...Object.fromEntries(
      SIDES.map((side) => [
        side,
        { identical: identical(results, side), failures: failures(app, results, side, known) },
      ]),
    ),
  }));
  const names = [...new Set(sorted.flatMap(({ packages }) => packages))].sort();
  const packages = names.map((name) => {
    const using = apps.filter((app) => app.packages.includes(name));
    return {
      package: name,
      apps: using.map(({ app }) => app),
      ...Object.fromEntries(SIDES.map((side) => [side, total(using, side)])),
    };
  });
  return {
    packages: packages.length,
    requests: sum(apps, (app) => app.requests),
    ...Object.fromEntries(SIDES.map((side) => [side, total(apps, side)])),
    byApp: apps,
    byPackage: packages,
  };
}

function identical(results, side) {
  return results.filter((result) => result[side].length === 0).length;
}

function failures(app, results, side, known) {
  return results
    .filter((result) => result[side].length > 0)
    .map(({ request }) => ({
      request,
      cause: knownFailure(known, app, request, side)?.cause ?? "not yet known",
    }));
}

function total(apps, side) {
  const requests = sum(apps, (app) => app.requests);
  const same = sum(apps, (app) => app[side].identical);
  return { identical: same, of: requests, percent: Number(((100 * same) / requests).toFixed(1)) };
}

function sum(items, valueOf) {
  return items.reduce((before, item) => before + valueOf(item), 0);
}

/** @returns {Promise<Record<string, string>>} content by file name */
export async function renderReport(reports, known) {
  const summary = summarise(reports, known);
  const files = { [FILES.json]: JSON.stringify(summary), [FILES.markdown]: markdown(summary) };
  const options = JSON.parse(await readFile(join(suiteFolder, "../../.prettierrc.json"), "utf8"));
  const formatted = Object.entries(files).map(async ([name, text]) => [
    name,
    await format(text, { ...options, filepath: name }),
  ]);
  return Object.fromEntries(await Promise.all(formatted));
}

export async function writeReport(reports, known) {
  for (const [name, text] of Object.entries(await renderReport(reports, known)))
    await writeFile(join(suiteFolder, name), text);
}

/** @returns {Promise<string>} a committed file of the report */
export function readReport(name) {
  return readFile(join(suiteFolder, name), "utf8").catch(() => "");
}

function markdown({ packages, requests, library, dispatcher, byApp, byPackage }) {
  return [
    "# Conformance",
    "",
    "Every app below answers its corpus three times: in plain Node, over a real socket; in the library, from its packaged zip under AWS's Python runtime client; and behind the dispatcher in Node. Status, headers and body must be identical.",
    "",
    "`node e2e/conformance/run.mjs --write` makes this page.",
    "",
    `${packages} packages, ${byApp.length} apps, ${requests} requests: ${library.percent} % identical in the library (${library.identical}), ${dispatcher.percent} % behind the dispatcher in Node (${dispatcher.identical}).`,
    "",
    "## By app",
    "",
    "| app | packages | library | dispatcher in Node |",
    "| --- | --- | --- | --- |",
    ...byApp.map(
      (app) =>
        `| ${app.app} | ${app.packages.join(", ")} | ${ratio(app.library.identical, app.requests)} | ${ratio(app.dispatcher.identical, app.requests)} |`,
    ),
    "",
    "## By package",
    "",
    "| package | apps | library | dispatcher in Node |",
    "| --- | --- | --- | --- |",
    ...byPackage.map(
      (row) =>
        `| ${row.package} | ${row.apps.join(", ")} | ${ratio(row.library.identical, row.library.of)} | ${ratio(row.dispatcher.identical, row.dispatcher.of)} |`,
    ),
    "",
    "## What differs",
    "",
    ...SIDES.flatMap((side) => causes(byApp, side)),
  ].join("\n");
}

function causes(byApp, side) {
  const rows = byApp.flatMap(({ app, [side]: { failures: list } }) =>
    list.map(({ request, cause }) => `| ${cell(app)} | ${cell(request)} | ${cell(cause)} |`),
  );
  const title = side === "library" ? "In the library" : "Behind the dispatcher in Node";
  if (rows.length === 0) return [`### ${title}`, "", "Nothing.", ""];
  return [`### ${title}`, "", "| app | request | cause |", "| --- | --- | --- |", ...rows, ""];
}

function cell(text) {
  return text.replace(/[|\\`*_<>]/g, "\\$&").replace(/\n/g, " ");
}

function ratio(identicalCount, of) {
  return identicalCount === of ? `${of} ✓` : `**${identicalCount}** of ${of}`;
}
