// The sample apps in Node, under AWS's own Node runtime client: what the library is an alternative to.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { emptyNode, nodeEnvironment } from "@laconic/bench";
import { build } from "esbuild";
import { firstOf, program } from "../conformance/services/debian.mjs";

/** Debian's packages, by the program of NODE_CLIENT_TOOLS that each brings. */
const PACKAGES = { cmake: "cmake", make: "make", "g++": "g++", xz: "xz-utils", python3: "python3" };
/** The function that each of these apps has. */
const APPS = { express: "express", orders: "hono-zod" };

/**
 * Makes AWS's Node runtime client with its tools, once.
 * @throws {Error} when it cannot be built on this machine
 */
export async function prepareNode(onProgress) {
  for (const [tool, debian] of Object.entries(PACKAGES)) program(debian, () => onPath(tool));
  return nodeEnvironment({ onProgress });
}

/**
 * @param {readonly import("@laconic/bench").Subject[]} subjects the library's
 * @param {import("@laconic/bench").NodeEnvironment} environment
 * @returns {Promise<import("@laconic/bench").Subject[]>} these beside the same apps in Node
 */
export async function besideNode(subjects, { version }, scratch) {
  const nameOf = (fn) => `${fn} in Node ${version.split(".", 1)}`;
  const others = [];
  for (const [fn, app] of Object.entries(APPS)) {
    const { event, functionName } = subjects.find(({ name }) => name === fn);
    const taskDir = join(scratch, `${fn}-nodejs`);
    await bundle(app, taskDir);
    others.push({
      name: nameOf(fn),
      taskDir,
      runtime: "nodejs",
      handler: "index.handler",
      functionName,
      event,
    });
  }
  const paired = subjects.map((subject) =>
    subject.name in APPS ? { ...subject, beside: nameOf(subject.name) } : subject,
  );
  return [emptyNode, ...paired, ...others];
}

/** As AWS's documentation deploys TypeScript with esbuild, for the runtime's own version of Node. */
function bundle(app, taskDir) {
  return build({
    entryPoints: [fileURLToPath(new URL(`../apps/${app}/in-node.ts`, import.meta.url))],
    outfile: join(taskDir, "index.js"),
    bundle: true,
    minify: true,
    platform: "node",
    target: "node22",
    logLevel: "warning",
  });
}

function onPath(tool) {
  return firstOf(process.env.PATH.split(":").map((folder) => join(folder, tool)));
}
