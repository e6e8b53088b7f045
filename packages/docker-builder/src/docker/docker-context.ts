import { createHash } from "node:crypto";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { BuilderError } from "../errors.js";
import type { Endpoint, Surroundings } from "./endpoint.js";

/** Where the docker command keeps its settings. */
export function dockerConfigFolder({ env, home }: Pick<Surroundings, "env" | "home">): string {
  return env["DOCKER_CONFIG"] || join(home, ".docker");
}

interface ContextMetadata {
  readonly Endpoints?: { readonly docker?: { readonly Host?: string } };
}

/**
 * The endpoint of the docker command's current context: DOCKER_CONTEXT's, or the one chosen by `docker context use`.
 *
 * @throws {BuilderError} LAC5010 when the context that is named is not there
 */
export async function currentContext(surroundings: Surroundings): Promise<Endpoint[]> {
  const folder = dockerConfigFolder(surroundings);
  const name = surroundings.env["DOCKER_CONTEXT"] || (await chosenContext(folder));
  if (!name || name === "default") return [];
  // The docker command files a context under the digest of its name.
  const id = createHash("sha256").update(name).digest("hex");
  const file = join(folder, "contexts", "meta", id, "meta.json");
  const address = await readFile(file, "utf8").then(
    (text) => (JSON.parse(text) as ContextMetadata).Endpoints?.docker?.Host,
    () => undefined,
  );
  if (!address) {
    throw new BuilderError("LAC5010", `The docker context "${name}" is not there: ${file} names no host.`, {
      hint: "See `docker context ls`, choose another with `docker context use`, or build with --builder local.",
    });
  }
  const certificates = join(folder, "contexts", "tls", id, "docker");
  const encrypted = await access(certificates).then(
    () => true,
    () => false,
  );
  return [{ source: `the context "${name}"`, address, ...(encrypted && { certificates }) }];
}

async function chosenContext(folder: string): Promise<string | undefined> {
  const text = await readFile(join(folder, "config.json"), "utf8").catch(() => "{}");
  try {
    return (JSON.parse(text) as { currentContext?: string }).currentContext;
  } catch {
    // A damaged file is docker's to complain about; the default context still works.
    return undefined;
  }
}
