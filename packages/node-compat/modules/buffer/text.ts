import { fromText } from "laconic:node";

/** The bytes that a text stands for, in memory of their own. */
export function bytesOf(text: string, encoding: number): Uint8Array {
  return new Uint8Array(fromText(text, encoding));
}
