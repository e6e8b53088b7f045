// The npm packages that users install with ours.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { root } from "../workspace.mjs";
import { allowedLicense } from "./policy.mjs";

/**
 * What is wrong with them, a line each: a licence that is unknown or not allowed, or no hash in the lock file, as of a package
 * that does not come from npm's registry.
 */
export function wrongInstalled() {
  return installed().flatMap(({ name, version, licenses = [], hashes }) => {
    const title = `The package ${name} ${version}`;
    const expressions = licenses.map(({ expression, license }) => expression ?? license.id ?? license.name);
    const unpinned = hashes?.length > 0 ? [] : [`${title} has no hash in package-lock.json`];
    try {
      allowedLicense(title, expressions.join(" AND "));
      return unpinned;
    } catch (error) {
      return [...unpinned, error.message];
    }
  });
}

/** npm's own list, of the lock file; without the packages of this repository. */
function installed() {
  const folders = readdirSync(`${root}/packages`).map((name) => `--workspace=packages/${name}`);
  const args = ["sbom", "--sbom-format=cyclonedx", "--package-lock-only", "--omit=dev", ...folders];
  const options = { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 };
  const { components } = JSON.parse(execFileSync("npm", args, options));
  return components.filter(({ purl }) => !purl.startsWith("pkg:npm/%40laconic/"));
}
