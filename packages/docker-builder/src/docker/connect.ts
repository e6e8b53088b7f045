import { homedir } from "node:os";
import type Docker from "dockerode";
import { BuilderError } from "../errors.js";
import { createClient } from "./client.js";
import type { Endpoint, Surroundings } from "./endpoint.js";
import { ENDPOINT_SOURCES } from "./endpoint-sources.js";
import { within } from "./within.js";

/** A container engine that has answered. */
export interface Engine {
  readonly endpoint: Endpoint;
  /** @internal */
  readonly docker: Docker;
  /** What it calls itself, for example `Docker 28.2.2`. */
  readonly name: string;
  /** Platform of its containers when none is asked for: `linux/amd64` or `linux/arm64`. */
  readonly platform: string;
  /** Whether root in a container is the calling user outside. */
  readonly rootless: boolean;
}

/** Milliseconds in which an engine has to answer: a socket without a listener would hold a build for ever. */
const ANSWER_MS = 5_000;

/**
 * Finds the container engine: the one that a variable or the docker context names, else the first socket that answers.
 *
 * @throws {BuilderError} LAC5010 when none answers, LAC5011 when one is there and its socket may not be used
 */
export async function connect(surroundings: Surroundings = ofThisProcess()): Promise<Engine> {
  const failures: Failure[] = [];
  for (const endpoint of await candidates(surroundings)) {
    try {
      return await answering(endpoint);
    } catch (error) {
      failures.push({ endpoint, error: error as NodeJS.ErrnoException });
    }
  }
  throw explain(failures);
}

export function ofThisProcess(): Surroundings {
  return { env: process.env, home: homedir(), uid: process.getuid?.() };
}

/** The endpoints to try, in order: what somebody named is not passed over in silence for another. */
export async function candidates(surroundings: Surroundings): Promise<readonly Endpoint[]> {
  for (const source of ENDPOINT_SOURCES) {
    const found = await source(surroundings);
    if (found.length > 0) return found;
  }
  return [];
}

async function answering(endpoint: Endpoint): Promise<Engine> {
  const docker = await createClient(endpoint);
  const [version, info] = await within(
    ANSWER_MS,
    Promise.all([docker.version(), docker.info() as Promise<Info>]),
    () => new Error(`no answer in ${ANSWER_MS / 1000} s`),
  );
  const component = (version as { Components?: { Name: string }[] }).Components?.[0]?.Name ?? "Docker";
  return {
    endpoint,
    docker,
    name: `${/podman/i.test(component) ? "Podman" : "Docker"} ${version.Version}`,
    platform: `linux/${version.Arch}`,
    rootless: (info.SecurityOptions ?? []).some((option) => option.includes("rootless")),
  };
}

interface Info {
  readonly SecurityOptions?: readonly string[];
}

interface Failure {
  readonly endpoint: Endpoint;
  readonly error: NodeJS.ErrnoException;
}

function explain(failures: readonly Failure[]): BuilderError {
  const tried = failures.map(
    ({ endpoint, error }) => `${endpoint.address} (${endpoint.source}): ${reason(error)}`,
  );
  const forbidden = failures.find(({ error }) => error.code === "EACCES" || error.code === "EPERM");
  if (forbidden) {
    const { endpoint, error } = forbidden;
    return new BuilderError("LAC5011", `This user may not use ${endpoint.source}, ${endpoint.address}.`, {
      frame: tried.join("\n"),
      hint: "Add the user to the socket's group (`sudo usermod -aG docker $USER`, then log in again), use a rootless engine, or build with --builder local.",
      cause: error,
    });
  }
  const own = failures.map(({ error }) => error).find((error) => error instanceof BuilderError);
  if (own) return own;
  return new BuilderError("LAC5010", "No container engine answers.", {
    frame: tried.join("\n"),
    hint: "Start Docker or Podman, name another engine in DOCKER_HOST, or build with --builder local.",
    cause: failures.at(-1)?.error,
  });
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return "there is no such socket";
  if (code === "ECONNREFUSED") return "nothing listens there";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return message.trim();
}
