/**
 * The process's environment; an empty one where there is no process. Asked for in this way because `typeof process` would
 * have the library make all of it, and the environment is there without.
 */
export function environment(): Record<string, string | undefined> {
  try {
    return process.env;
  } catch {
    return {};
  }
}
