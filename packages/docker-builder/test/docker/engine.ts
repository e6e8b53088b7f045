import { inject } from "vitest";
import { connect, type ContainerEngine } from "../../src/index.js";

/** What tools/docker.mjs started, or why it could not. */
export type DockerForTests =
  | {
      readonly host: string;
      readonly folder: string;
      readonly images: Readonly<Record<"python" | "gcc" | "pythonArm64", string>>;
      readonly arm64: boolean;
      readonly reason?: undefined;
    }
  | { readonly reason: string };

declare module "vitest" {
  interface ProvidedContext {
    docker: DockerForTests;
  }
}

const docker = inject("docker");

/** Why the tests here are skipped; undefined when they run. Said aloud by the set-up. */
export const noDocker = docker.reason;

/** The tests' own engine; only of use where {@link noDocker} is undefined. */
export const host = docker.reason === undefined ? docker.host : "";
export const images = docker.reason === undefined ? docker.images : { python: "", gcc: "", pythonArm64: "" };
export const runsArm64 = docker.reason === undefined && docker.arm64;

export function engine(address = host): Promise<ContainerEngine> {
  return connect({ env: { DOCKER_HOST: address }, home: "/nonexistent", uid: 0 });
}

/** Names of all containers that the engine has, running or not. */
export async function containers(address = host): Promise<string[]> {
  const { docker: client } = await engine(address);
  const list = await client.listContainers({ all: true });
  return list.flatMap(({ Names }) => Names);
}
