// The texts of licences: those that a package brings, and SPDX's for one that brings none.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import standard from "spdx-license-list/full.js";

const NAMES = /^(licen[cs]e|copying|copyright|notice|unlicen[cs]e|third.?party)/i;
/** What is beside the code that is compiled. */
const NOT_SHIPPED = new Set(["node_modules", "tests", "test", "examples", "benches", "fuzz", "docs"]);

/** The licence files of a package, those of bundled sources in its folders too, as `{ file, text }`, sorted by path. */
export function licenceFiles(folder) {
  const found = [];
  const visit = (path) => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const file = path ? `${path}/${entry.name}` : entry.name;
      if (entry.isDirectory() && !NOT_SHIPPED.has(entry.name)) visit(file);
      if (entry.isFile() && NAMES.test(entry.name) && !/\.(rs|js|ts|c|h|py|html)$/.test(entry.name)) {
        found.push({ file, text: tidy(readFileSync(join(folder, file), "utf8")) });
      }
    }
  };
  visit("");
  return found.sort((a, b) => (a.file < b.file ? -1 : 1));
}

/**
 * SPDX's text of a licence, with `copyright` in the place of its blanks. It stands in for a text that a package leaves out.
 *
 * @param copyright lines such as "Copyright (c) 2013 Google Inc."
 */
export function standardText(id, copyright = []) {
  const text = standard[id]?.licenseText;
  if (!text) throw new Error(`SPDX has no text of the licence ${id}`);
  const lines = text.split("\n");
  const blank = lines.findIndex((line) => /^copyright.*(<|year|©)/i.test(line));
  if (blank >= 0 && copyright.length > 0) lines.splice(blank, 1, ...copyright);
  return tidy(lines.join("\n"));
}

/** The lines of C sources that name their authors, each once. */
export function copyrightLines(folder) {
  const lines = new Set();
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!/\.(c|h|S)$/.test(file)) continue;
    for (const [line] of readFileSync(join(folder, file), "utf8").matchAll(
      /Copyright (\(c\) )?(\d{4}|[A-Z]).*/gi,
    )) {
      lines.add(line.replace(/\s*\*\/\s*$/, "").trim());
    }
  }
  return [...lines].sort();
}

/** The same text from two packages is the same string. */
function tidy(text) {
  return text
    .replaceAll("\r\n", "\n")
    .replace(/^\uFEFF/, "")
    .replaceAll(/[ \t\f]+$/gm, "")
    .replaceAll(/\n{3,}/g, "\n\n")
    .replace(/^\n+|\n+$/g, "");
}
