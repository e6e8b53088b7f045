import { hostname } from "node:os";
import type Docker from "dockerode";

/** Says whose a container is, so that a later build can tell one that was left behind from one in use. */
const OWNER = "dev.laconic.builder.owner";

export function ownerLabel(): Record<string, string> {
  return { [OWNER]: `${hostname()}/${process.pid}` };
}

/**
 * Removes the containers of builds on this machine that were killed between making a container and starting it;
 * a running one ends with its build by itself.
 */
export async function removeAbandoned(docker: Docker): Promise<void> {
  const containers = await docker.listContainers({ all: true, filters: { label: [OWNER] } });
  for (const { Id, Labels } of containers) {
    const [host, pid] = (Labels[OWNER] ?? "").split("/");
    if (host === hostname() && !isAlive(Number(pid))) {
      // Another build may be doing the same.
      await docker
        .getContainer(Id)
        .remove({ force: true, v: true })
        .catch(() => {});
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
