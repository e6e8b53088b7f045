import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { ArtifactFolder } from "../artifact-folder.js";

/** What is uploaded to Lambda. */
export interface Package {
  /** Name of the zip in the folder. */
  readonly file: string;
  readonly bytes: number;
  /** Hex digest: the same input gives the same, so an unchanged app uploads nothing. */
  readonly sha256: string;
}

/** One file of the zip. */
export interface PackageEntry {
  /** The artifact that holds its content. */
  readonly artifact: string;
  /** Absolute path of a file of the app's own, which is packed as it is and is no artifact. */
  readonly origin?: string;
  /** Where it lies in the zip. */
  readonly path: string;
  readonly mode: number;
}

/** Zips staged artifacts; the bytes depend on nothing but the entries, their order and their content. */
export async function makePackage(
  file: string,
  entries: readonly PackageEntry[],
  folder: ArtifactFolder,
): Promise<Package> {
  const zip = new ZipFile();
  // A zip stores local time, so the local reading is what must not change.
  const mtime = new Date(1981, 0, 1);
  for (const entry of entries) {
    zip.addBuffer(await readFile(entry.origin ?? folder.staged(entry.artifact)), entry.path, {
      mtime,
      mode: entry.mode,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  const content = await buffer(zip.outputStream);
  await folder.write(file, content);
  return { file, bytes: content.length, sha256: createHash("sha256").update(content).digest("hex") };
}
