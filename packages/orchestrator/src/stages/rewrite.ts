import * as rewriter from "@laconic/rewriter";
import type { ArtifactFolder } from "../artifact-folder.js";
import type { Source } from "./source.js";
export interface Rewritten {
  readonly source: Source;
  readonly text: string;
  readonly map: string;
  readonly file: string;
}
export async function rewrite(source: Source, folder: ArtifactFolder): Promise<Rewritten> {
  throw new Error(String([rewriter, source, folder]));
}
