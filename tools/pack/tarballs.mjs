import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { sbomText } from "../licences/sbom.mjs";
import { writeNotices } from "../notices.mjs";
import { root } from "../workspace.mjs";

/**
 * A package as it is to be packed.
 *
 * @typedef {object} Package
 * @property {object} manifest its package.json
 * @property {string} folder where its files are
 * @property {string} [sources] where they are made from, when that is not the folder
 * @property {string} [engine] the platform, as Rust calls it, whose engine it holds
 * @property {string[]} files relative to the folder; package.json is not among them
 * @property {string} [readme] README.md's text, when it is not among the files
 */

/**
 * Packs packages, each from a folder of its own, so that no file of the working tree is touched. Beside each file comes its
 * bill of materials, `<file>.cdx.json`.
 *
 * @param {Package[]} packages
 * @param {string} out absolute path of the folder that they are put into
 * @returns {string[]} absolute paths of the files
 */
export function packAll(packages, out) {
  const staging = mkdtempSync(join(tmpdir(), "laconic-pack-"));
  try {
    const staged = packages.map((one, index) => stage(one, join(staging, String(index))));
    const folders = staged.map(({ folder }) => folder);
    const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", out, ...folders];
    const answer = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 }));
    return staged.map(({ manifest, components }) => {
      const { filename } = Object.values(answer).find(({ name }) => name === manifest.name);
      writeFileSync(join(out, filename.replace(/tgz$/, "cdx.json")), sbomText(manifest, components));
      return join(out, filename);
    });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function stage({ manifest, folder, sources = folder, engine, files, readme }, staged) {
  mkdirSync(staged);
  for (const file of files) cpSync(join(folder, file), join(staged, file));
  const components = writeNotices(sources, { name: manifest.name, engine, out: staged });
  if (readme !== undefined) writeFileSync(join(staged, "README.md"), readme);
  // What is listed was chosen already, and npm would leave out what nobody lists.
  const { files: _, ...rest } = manifest;
  const published = { ...rest, ...repository(relative(root, sources)) };
  writeFileSync(join(staged, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
  return { folder: staged, manifest: published, components };
}

/** Where the sources are, as the release's machine knows it; npm's provenance holds a package to it. */
function repository(directory) {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name } = process.env;
  return server && name ? { repository: { type: "git", url: `git+${server}/${name}.git`, directory } } : {};
}
