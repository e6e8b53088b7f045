// The crates that are compiled into the engine, with the C sources inside them.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { root } from "../workspace.mjs";
import { allowedLicense } from "./policy.mjs";
import { purl } from "./sbom.mjs";
import { copyrightLines, licenceFiles, standardText } from "./texts.mjs";

/** What the engine's packages hold: the archive and the tool (packages/engine/build.mjs compiles both at once). */
const SHIPPED = ["laconic-abi", "laconic-tool"];

/**
 * Sources in other languages that a crate brings and compiles: their licence, and what to add when the crate has no text
 * of it. A crate with C sources that is not here is an error, so that none comes in unseen.
 */
const BUNDLED = {
  "compu-brotli-sys": [
    { name: "Brotli", folder: "brotli", license: "MIT", source: "https://github.com/google/brotli" },
  ],
  "rquickjs-sys": [
    {
      name: "QuickJS-ng",
      folder: "quickjs",
      license: "MIT",
      source: "https://github.com/quickjs-ng/quickjs",
    },
    {
      ...{ name: "Unicode data in QuickJS-ng", folder: "quickjs", license: "Unicode-3.0" },
      ...{ source: "https://www.unicode.org", copyright: ["Copyright © 1991-2025 Unicode, Inc."] },
    },
  ],
  "zstd-sys": [
    {
      name: "Zstandard",
      folder: "zstd",
      license: "BSD-3-Clause",
      source: "https://github.com/facebook/zstd",
    },
  ],
  // BoringSSL, OpenSSL and fiat-crypto: the crate's own LICENSE files have their texts.
  ring: [],
};

/** Texts of a licence that is offered as an alternative and not taken. */
const NOT_TAKEN = { "zstd-sys": ["zstd/COPYING"] };

/**
 * @param {string} target Rust's name of a platform
 * @returns {import("./notices.mjs").Component[]}
 * @throws {Error} naming the crate whose licence is unknown or not allowed, or that has no text
 */
export function crateComponents(target) {
  const crates = shippedCrates(target).map(withFolder);
  return crates.flatMap((crate) => [component(crate, crates), ...bundled(crate)]);
}

/** Without what only runs while the engine is compiled: build scripts and procedural macros. */
export function shippedCrates(target) {
  const output = execFileSync(
    "cargo",
    [
      ...["tree", "--locked", "--edges", "normal,no-proc-macro", "--target", target, "--prefix", "none"],
      ...["--format", "{p}|{l}|{r}", ...SHIPPED.flatMap((name) => ["--package", name])],
    ],
    { cwd: join(root, "packages/engine"), encoding: "utf8", maxBuffer: 1 << 26 },
  );
  const lines = new Set(output.split("\n").map((line) => line.replace(/ \(\*\)$/, "")));
  return [...lines].filter(Boolean).flatMap((line) => {
    const [, name, version, place, license, repository] = /^(\S+) v(\S+)( \(.*\))?\|(.*)\|(.*)$/.exec(line);
    // Of this repository, under its own licence.
    return place?.includes(root.replace(/\/$/, "")) ? [] : [{ name, version, license, repository }];
  });
}

function component({ name, version, license, repository, folder, files }, crates) {
  const texts = files.map(({ text }) => text);
  if (!files.some(({ file }) => !file.includes("/")))
    texts.unshift(...missingTexts({ name, license, repository, folder }, crates));
  const source = repository || `https://crates.io/crates/${name}`;
  const allowed = allowedLicense(`The crate ${name} ${version}`, license);
  return { name, version, license: allowed, source, texts, purl: purl("cargo", name, version) };
}

/** Of a crate that brings no text: a sibling's from the same repository, otherwise SPDX's. */
function missingTexts({ name, license, repository, folder }, crates) {
  const sibling = crates.find(
    (other) =>
      repository && other.repository === repository && other.license === license && other.files.length > 0,
  );
  if (sibling) return sibling.files.filter(({ file }) => !file.includes("/")).map(({ text }) => text);
  const authors = /^authors = \[([^\]]*)\]/m.exec(readFileSync(join(folder, "Cargo.toml"), "utf8"))?.[1];
  const names = [...(authors ?? "").matchAll(/"([^"<]+?)\s*(?:<[^"]*)?"/g)].map(([, author]) => author);
  const holders = names.length > 0 ? names.join(", ") : `the authors of ${name}`;
  return [standardText(allowedLicense(name, license).split(" OR ")[0], [`Copyright (c) ${holders}`])];
}

function bundled({ name, version, folder }) {
  const parts = BUNDLED[name];
  if (!parts && hasOtherSources(folder)) {
    throw new Error(
      `The crate ${name} ${version} brings C sources: say in tools/licences/crates.mjs whose they are`,
    );
  }
  return (parts ?? []).map((part) => {
    const copyright = part.copyright ?? copyrightLines(join(folder, part.folder));
    return {
      ...{ name: part.name, version: `in ${name} ${version}`, source: part.source },
      license: allowedLicense(part.name, part.license),
      texts: [standardText(part.license, copyright)],
    };
  });
}

function hasOtherSources(folder) {
  const sources = readdirSync(folder, { recursive: true });
  return sources.some(
    (file) => /\.(c|cc|cpp|S|asm|o|a)$/.test(file) && !/^(tests|examples|benches)\//.test(file),
  );
}

function withFolder(crate) {
  const sources = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry/src");
  const registries = existsSync(sources) ? readdirSync(sources) : [];
  const folder = registries
    .map((registry) => join(sources, registry, `${crate.name}-${crate.version}`))
    .find((each) => existsSync(each));
  if (!folder) throw new Error(`${crate.name} ${crate.version} is not in ${sources}: build the engine first`);
  const files = licenceFiles(folder).filter(({ file }) => !NOT_TAKEN[crate.name]?.includes(file));
  return { ...crate, folder, files };
}
