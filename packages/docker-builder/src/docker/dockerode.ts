import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type Docker from "dockerode";
import { BuilderError } from "../errors.js";

type Dockerode = typeof Docker;

/**
 * The client for container engines: the one beside this package, else the project's. It is an optional peer, because its
 * gRPC and SSH parts are larger than everything that a local build needs, and it is loaded late, because that takes
 * longer than the rest of a local build's imports together.
 *
 * @param project a folder of the project
 * @throws {BuilderError} LAC5021 when it is not installed
 */
export async function loadDockerode(project = process.cwd()): Promise<Dockerode> {
  for (const from of [import.meta.url, pathToFileURL(join(project, "package.json"))]) {
    const path = resolveFrom(from);
    if (path !== undefined)
      return ((await import(pathToFileURL(path).href)) as { default: Dockerode }).default;
  }
  throw new BuilderError("LAC5021", "Building in a container needs dockerode, which is not installed.", {
    hint: "Run: npm install -D dockerode; or build with --builder local.",
  });
}

function resolveFrom(from: string | URL): string | undefined {
  try {
    return createRequire(from).resolve("dockerode");
  } catch {
    return undefined;
  }
}
