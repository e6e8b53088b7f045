import { realpath } from "node:fs/promises";
import { dirname, isAbsolute, posix, relative, sep } from "node:path";
import { BuilderError } from "../errors.js";

/** A folder of this machine that a container sees. */
export interface Mount {
  /** Absolute path on this machine. */
  readonly host: string;
  /** Absolute path in the container. */
  readonly container: string;
  readonly readOnly: boolean;
}

/**
 * What the container calls a file of this machine.
 *
 * @throws {BuilderError} LAC5020 when the file, links followed, lies in none of the folders that the container sees
 */
export async function pathInContainer(file: string, mounts: readonly Mount[]): Promise<string> {
  const mount = innermost(file, mounts);
  if (!mount) {
    throw new BuilderError("LAC5020", `${file} lies outside the folders that the container sees.`, {
      frame: mounts.map(({ host }) => host).join("\n"),
      hint: "Move it into the workspace, or build with --builder local.",
    });
  }
  // What is still to be made has its folder's place.
  const real = await realpath(file).catch(() => realpath(dirname(file)).catch(() => file));
  const realHost = await realpath(mount.host).catch(() => mount.host);
  if (!isInside(real, realHost)) {
    throw new BuilderError(
      "LAC5020",
      `${file} is a link out of ${mount.host}, to ${real}, which the container does not see.`,
      {
        hint: "Put the file itself there in place of the link, or build with --builder local.",
      },
    );
  }
  return posix.join(mount.container, ...relative(mount.host, file).split(sep));
}

function innermost(file: string, mounts: readonly Mount[]): Mount | undefined {
  return mounts.filter(({ host }) => isInside(file, host)).sort((a, b) => b.host.length - a.host.length)[0];
}

/** Whether a path is a folder or lies in it. */
export function isInside(file: string, folder: string): boolean {
  const way = relative(folder, file);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
