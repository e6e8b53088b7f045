import { host } from "../../../../tools/docker/injected.js";
import { connect, type ContainerEngine } from "../../src/index.js";

export { host, images, noDocker, runsArm64 } from "../../../../tools/docker/injected.js";

export function engine(address = host): Promise<ContainerEngine> {
  return connect({ env: { DOCKER_HOST: address }, home: "/nonexistent", uid: 0 });
}

/** Names of all containers that the engine has, running or not. */
export async function containers(address = host): Promise<string[]> {
  const { docker: client } = await engine(address);
  const list = await client.listContainers({ all: true });
  return list.flatMap(({ Names }) => Names);
}
