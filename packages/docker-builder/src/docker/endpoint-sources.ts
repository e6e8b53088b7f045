import { join } from "node:path";
import type { Endpoint, EndpointSource, Surroundings } from "./endpoint.js";
import { currentContext, dockerConfigFolder } from "./docker-context.js";

/** Where an engine may be, in the order in which the docker command and its relatives would look. */
export const ENDPOINT_SOURCES: readonly EndpointSource[] = [
  (surroundings) => fromVariable("DOCKER_HOST", surroundings),
  currentContext,
  (surroundings) => fromVariable("CONTAINER_HOST", surroundings),
  wellKnownSockets,
];

function fromVariable(name: string, surroundings: Surroundings): Endpoint[] {
  const { env } = surroundings;
  const address = env[name];
  if (!address) return [];
  const encrypted = address.startsWith("tcp:") && Boolean(env["DOCKER_TLS_VERIFY"]);
  const certificates = env["DOCKER_CERT_PATH"] || dockerConfigFolder(surroundings);
  return [{ source: name, address, ...(encrypted && { certificates }) }];
}

/** Sockets where engines put themselves when nobody says otherwise. */
function wellKnownSockets({ env, home, uid }: Surroundings): Endpoint[] {
  if (process.platform === "win32") {
    return [{ source: "Docker Desktop's pipe", address: "npipe:////./pipe/docker_engine" }];
  }
  const runtime = env["XDG_RUNTIME_DIR"] ?? `/run/user/${uid}`;
  const colima = env["COLIMA_HOME"] ?? join(home, ".colima");
  const sockets: readonly (readonly [string, string])[] = [
    ["Docker's socket", "/var/run/docker.sock"],
    ["rootless Docker's socket", join(runtime, "docker.sock")],
    ["Docker Desktop's socket", join(home, ".docker/run/docker.sock")],
    ["Docker Desktop's socket", join(home, ".docker/desktop/docker.sock")],
    ["Colima's socket", join(colima, "default/docker.sock")],
    ["OrbStack's socket", join(home, ".orbstack/run/docker.sock")],
    ["Rancher Desktop's socket", join(home, ".rd/docker.sock")],
    ["Podman's socket", join(runtime, "podman/podman.sock")],
    ["Podman's socket", "/run/podman/podman.sock"],
    ["Podman machine's socket", join(home, ".local/share/containers/podman/machine/podman.sock")],
  ];
  return sockets.map(([source, path]) => ({ source, address: `unix://${path}` }));
}
