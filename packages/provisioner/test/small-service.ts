import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuiltService, ProvisionContext, ProvisionListener } from "../src/index.js";
import { fn } from "./services.js";

/** A zip with an empty index.py: a package as far as uploads and CloudFormation are concerned. */
const EMPTY_ZIP = Buffer.from(
  "UEsDBBQAAAAAAAAAIQAAAAAAAAAAAAAAAAAIAAAAaW5kZXgucHlQSwECFAMUAAAAAAAAACEAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAtIEAAAAAaW5kZXgucHlQSwUGAAAAAAEAAQA2AAAAJgAAAAAA",
  "base64",
);

export const SILENT: ProvisionListener = {
  started() {},
  finished() {},
  failed() {},
  warned() {},
  happened() {},
};

/** A service of one function with a queue, built into a folder. */
export async function smallService(folder: string, memorySize = 128): Promise<BuiltService> {
  await mkdir(folder, { recursive: true });
  const zip = Buffer.concat([EMPTY_ZIP, Buffer.from("")]);
  await writeFile(join(folder, "app.zip"), zip);
  return {
    service: {
      name: "SmallService",
      description: "Small",
      functions: [fn("hello", { memorySize, events: [{ source: "sqs", queue: "jobs" }] })],
    },
    target: { architecture: "x86_64" },
    folder,
    package: "app.zip",
    bytes: zip.length,
    sha256: createHash("sha256").update(zip).digest("hex"),
  };
}

export function contextFor(folder: string, memorySize?: number): ProvisionContext {
  return {
    build: () => smallService(folder, memorySize),
    options: { version: "0.0.0", pollMs: 5 },
    confirm: async () => true,
    listener: SILENT,
    signal: new AbortController().signal,
  };
}
