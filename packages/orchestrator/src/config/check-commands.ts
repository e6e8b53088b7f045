import type { Refuse } from "./check-provision.js";
import { isRecord } from "./records.js";

const NAME = /^[a-z][a-z0-9-]*$/;
const FLAG = /^(-\w, )?--[a-z][\w-]*( [<[][\w.-]+[\]>])?$/;

/** Holds the section `commands` against its type. */
export function checkCommands(commands: unknown, refuse: Refuse): void {
  if (commands === undefined) return;
  if (!isRecord(commands)) return refuse('"commands"', "an object by command");
  for (const [name, command] of Object.entries(commands)) {
    const member = `commands.${name}`;
    if (!NAME.test(name)) refuse(`"${member}"`, "named with small letters, digits and dashes");
    if (!isRecord(command)) return refuse(`"${member}"`, "an object");
    if (typeof command["description"] !== "string") refuse(`"${member}.description"`, "a text");
    if (typeof command["run"] !== "function") refuse(`"${member}.run"`, "a function");
    const { args = "" } = command;
    if (typeof args !== "string") refuse(`"${member}.args"`, 'a text such as "<table> [rows]"');
    checkFlags(`${member}.flags`, command["flags"], refuse);
  }
}

/** Flags as commander takes them, each with what it is for. */
export function checkFlags(path: string, flags: unknown, refuse: Refuse): void {
  if (flags === undefined) return;
  if (!isRecord(flags)) return refuse(`"${path}"`, "an object by flag");
  for (const [flag, purpose] of Object.entries(flags)) {
    if (!FLAG.test(flag)) refuse(`"${path}" of "${flag}"`, 'written like "--count <n>" or "-c, --count <n>"');
    if (typeof purpose !== "string") refuse(`"${path}" of "${flag}"`, "a text");
  }
}
