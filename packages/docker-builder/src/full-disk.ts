import { statfs } from "node:fs/promises";

/** Whether a tool's output says that the disk is full: compilers, linkers and runtimes each say it in their way. */
export function saysFullDisk(output: string): boolean {
  return /no space left on device|ENOSPC|NoSpaceLeft|disk quota exceeded/i.test(output);
}

/**
 * Whether a tool failed because the disk of the folder that it wrote to is full. A linker that maps its output dies
 * without a word when there is no room for it, and takes what it had written along.
 *
 * @param bytes what the tool may have wanted to write, at most
 */
export async function failedForFullDisk(output: string, folder: string, bytes = 0): Promise<boolean> {
  if (saysFullDisk(output)) return true;
  if (output !== "") return false;
  const disk = await statfs(folder).catch(() => undefined);
  return disk !== undefined && disk.bavail * disk.bsize < bytes;
}
