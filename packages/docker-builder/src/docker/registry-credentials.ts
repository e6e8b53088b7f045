import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { dockerConfigFolder } from "./docker-context.js";
import type { Surroundings } from "./endpoint.js";

/** What the engine passes on to a registry. */
export interface Credentials {
  readonly serveraddress: string;
  readonly username?: string;
  readonly password?: string;
  readonly identitytoken?: string;
}

interface DockerConfig {
  readonly auths?: Readonly<Record<string, { readonly auth?: string; readonly identitytoken?: string }>>;
  readonly credHelpers?: Readonly<Record<string, string>>;
  readonly credsStore?: string;
}

/** Docker Hub's name in the settings, for images that name no registry. */
const HUB = "https://index.docker.io/v1/";

/** The credentials that `docker login` left for an image's registry; undefined when there are none. */
export async function credentialsFor(
  image: string,
  surroundings: Pick<Surroundings, "env" | "home">,
): Promise<Credentials | undefined> {
  const config = await readConfig(join(dockerConfigFolder(surroundings), "config.json"));
  const registry = registryOf(image);
  const helper = config.credHelpers?.[registry] ?? config.credsStore;
  if (helper) return askHelper(helper, registry);
  const entry = config.auths?.[registry] ?? config.auths?.[`https://${registry}`];
  if (entry?.identitytoken) return { serveraddress: registry, identitytoken: entry.identitytoken };
  const [, username, password] = /^([^:]*):(.*)$/s.exec(decode(entry?.auth)) ?? [];
  return username && password ? { serveraddress: registry, username, password } : undefined;
}

/** The first part of a name is a registry when it looks like a host: it has a dot or a port, or is localhost. */
function registryOf(image: string): string {
  const [first = "", ...rest] = image.split("/");
  return rest.length > 0 && (/[.:]/.test(first) || first === "localhost") ? first : HUB;
}

async function readConfig(file: string): Promise<DockerConfig> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as DockerConfig;
  } catch {
    // Without settings images are pulled as anybody may pull them.
    return {};
  }
}

/** Credential helpers speak a small protocol on stdin and stdout. */
async function askHelper(helper: string, registry: string): Promise<Credentials | undefined> {
  const { stdout, failed } = await execa(`docker-credential-${helper}`, ["get"], {
    input: registry,
    reject: false,
  });
  if (failed) return undefined;
  const { Username, Secret } = JSON.parse(stdout) as { Username: string; Secret: string };
  return Username === "<token>"
    ? { serveraddress: registry, identitytoken: Secret }
    : { serveraddress: registry, username: Username, password: Secret };
}

function decode(base64: string | undefined): string {
  return Buffer.from(base64 ?? "", "base64").toString();
}
