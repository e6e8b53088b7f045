import type { Any } from "../internal/any.js";

/** The time zone of the process by its name, which may not be one. */
export function processZone(): string {
  const given = (globalThis.process as Any)?.env?.TZ as string | undefined;
  return given?.replace(/^:/, "") || "UTC";
}
