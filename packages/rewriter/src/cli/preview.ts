import { createTwoFilesPatch } from "diff";
import type { Colors } from "./colors.js";

/** A unified diff that `git apply` and `patch -p1` take; empty for equal texts. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  // Of a file outside of the working folder: `git apply --directory=/`.
  const name = path.replaceAll("\\", "/").replace(/^\/+/, "");
  const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
    context: 3,
  });
  // The library's own header line and the tabs of absent dates are noise to a reader.
  return patch.replace(/^=+\n/, "").replace(/^(---|\+\+\+) (.*)\t$/gm, "$1 $2");
}

export function paint(diff: string, colors: Colors): string {
  return diff
    .split("\n")
    .map((line) => paintLine(line, colors))
    .join("\n");
}

function paintLine(line: string, colors: Colors): string {
  if (line.startsWith("---") || line.startsWith("+++")) return colors.bold(line);
  if (line.startsWith("@@")) return colors.cyan(line);
  if (line.startsWith("+")) return colors.green(line);
  return line.startsWith("-") ? colors.red(line) : line;
}
