import { readFileSync } from "node:fs";

/** A file of the shim as it ships: real JavaScript, so that it is linted, typed and tested as such. */
export interface ShimFile {
  /** Where in the package it belongs. */
  readonly path: string;
  readonly text: string;
  /** Whether it is a program. */
  readonly executable: boolean;
}

export function shipped(path: string): ShimFile {
  const text = readFileSync(new URL(`../javascript/${path}`, import.meta.url), "utf8");
  return { path, text, executable: text.startsWith("#!") };
}
