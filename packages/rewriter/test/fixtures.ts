import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { where, type RewriteResult, type Source, type TransformName } from "../src/index.js";

export const FIXTURES = fileURLToPath(new URL("./fixtures/", import.meta.url));

export interface Fixture {
  readonly transform: TransformName;
  readonly name: string;
  readonly folder: string;
  readonly input: Source;
  /** Other files of the folder: modules of the app that are not its entry. */
  readonly modules: readonly Source[];
}

/** Every folder under fixtures/<transform>: `input.*` beside the expected `output.*` and `diagnostics.txt`. */
export function fixtures(): Fixture[] {
  return readdirSync(FIXTURES).flatMap((transform) =>
    readdirSync(join(FIXTURES, transform)).map((name) => read(transform as TransformName, name)),
  );
}

function read(transform: TransformName, name: string): Fixture {
  const folder = join(FIXTURES, transform, name);
  const source = (file: string): Source => ({ path: file, text: readFileSync(join(folder, file), "utf8") });
  const files = readdirSync(folder);
  const input = files.find((file) => file.startsWith("input."));
  if (input === undefined) throw new Error(`${folder} has no input`);
  const others = files.filter((file) => !/^(input|output)\.|^diagnostics\.txt$/.test(file));
  return { transform, name, folder, input: source(input), modules: others.map(source) };
}

export function outputOf({ folder, input }: Fixture): string {
  return join(folder, `output${extname(input.path)}`);
}

export function diagnosticsOf({ folder }: Fixture): string {
  return join(folder, "diagnostics.txt");
}

export function readIfThere(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}

/** Diagnostics as a fixture shows them: one line each, and the code frame. */
export function printed({ diagnostics }: Pick<RewriteResult, "diagnostics">): string {
  return diagnostics
    .map((found) => {
      const line = `${where(found)} ${found.severity} ${found.code} ${found.message}`;
      return found.frame === undefined ? `${line}\n` : `${line}\n${found.frame}\n`;
    })
    .join("");
}
