import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";

/** Whether the file is an ES module whatever it says, in which Node has no such names either. */
export function isEsModule(file: string): boolean {
  if (/^\.m[jt]s$/.test(extname(file))) return true;
  if (/^\.c[jt]s$/.test(extname(file))) return false;
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    try {
      const { type } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { type?: string };
      return type === "module";
    } catch {
      if (folder === dirname(folder)) return false;
    }
  }
}
