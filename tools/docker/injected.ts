import { inject } from "vitest";

/** What the set-up in ../docker.mjs tells the tests: the engine that it started, or why it could not. */
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

/** Why the tests of a file are skipped; undefined when they run. Said aloud by the set-up. */
export const noDocker = docker.reason;

/** The engine's address, for DOCKER_HOST; of use only where {@link noDocker} is undefined, as is the rest. */
export const host = docker.reason === undefined ? docker.host : "";
export const images = docker.reason === undefined ? docker.images : { python: "", gcc: "", pythonArm64: "" };

/** Whether this machine runs containers for arm64. */
export const runsArm64 = docker.reason === undefined && docker.arm64;
