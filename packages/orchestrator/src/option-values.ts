import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";

export function absolutePath(text: string): string {
  return resolve(text);
}

/** A whole number from 1. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError("It must be a whole number from 1.");
  return value;
}
