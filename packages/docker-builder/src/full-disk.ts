/** Whether a tool's output says that the disk is full: compilers, linkers and runtimes each say it in their way. */
export function fullDisk(output: string): boolean {
  return /no space left on device|ENOSPC|NoSpaceLeft|disk quota exceeded/i.test(output);
}
