import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";

/** What each test runner leaves in the folder of reports, by the command that starts it. */
const RUNNERS = [
  {
    command: /\bvitest run(?: --config vitest\.(\w+)\.config\.ts)?(?= &&|$)/g,
    report: (run) => `vitest${run ? `-${run}` : ""}.json`,
  },
  { command: /\bnode test\.mjs\b/g, report: () => "cargo.json" },
  // One for each Python that the machine has.
  { command: /\bnode scripts\/check-python\.mjs\b/g, report: () => "pytest*.xml" },
];

const TARGETS = ["test", "test-docker"];

/**
 * The reports that a whole run of the tests makes, as the scripts of the workspace's packages tell.
 *
 * @param {string} root the repository's folder
 * @returns {string[]} paths in the folder of reports, in which `*` stands for anything
 * @throws {Error} when a script starts no runner that is known, or a folder of tests has no script
 */
export function expectedReports(root) {
  const { workspaces } = read(join(root, "package.json"));
  const folders = workspaces.flatMap((pattern) => foldersOf(root, pattern));
  return folders.flatMap((folder) =>
    reportsOfPackage(folder).map((report) => `${relative(root, folder)}/${report}`),
  );
}

function reportsOfPackage(folder) {
  const { scripts = {} } = read(join(folder, "package.json"));
  if (!scripts.test && existsSync(join(folder, "test"))) {
    throw new Error(`${folder} has a folder of tests, and no script "test" that runs it`);
  }
  return TARGETS.filter((target) => scripts[target]).flatMap((target) => {
    const reports = reportsOfScript(scripts[target]);
    if (reports.length > 0) return reports;
    throw new Error(`${folder}: the script "${target}" runs "${scripts[target]}", whose report is not known`);
  });
}

function reportsOfScript(script) {
  return RUNNERS.flatMap(({ command, report }) =>
    [...script.matchAll(command)].map(([, run]) => report(run)),
  );
}

/** npm's patterns, of which this workspace uses a folder and `folder/*`. */
function foldersOf(root, pattern) {
  if (basename(pattern) !== "*") return [join(root, pattern)];
  const parent = join(root, dirname(pattern));
  return readdirSync(parent)
    .map((name) => join(parent, name))
    .filter((folder) => existsSync(join(folder, "package.json")));
}

function read(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
