import { find, offset } from "laconic:zones";
import { zoneAliases, zoneGroups, zoneNames } from "./data.js";
import { notThere } from "./locale.js";
import { processZone } from "./process-zone.js";

/** Local time as numbers; the month counts from 0. */
export interface Local {
  readonly time: number;
  readonly offset: number;
}

const MINUTE = 60_000;
const zones = new Map<string, Zone>();
let other: Map<string, string> | undefined;

/** A time zone by its name; the process's own when there is none. @throws {RangeError} as Node's when there is none such */
export function zoneOf(asked: unknown): Zone {
  const name = asked === undefined ? processZone() : String(asked);
  const known = zones.get(name);
  if (known) return known;
  const zone = fixed(name) ?? named(name);
  if (!zone) {
    if (asked === undefined) return zoneOf("UTC");
    throw new RangeError(`Invalid time zone specified: ${name}`);
  }
  zones.set(name, zone);
  return zone;
}

function fixed(name: string): Zone | undefined {
  const match = /^([+-])(\d\d)(?::?([0-5]\d))?$/.exec(name);
  if (!match || Number(match[2]) > 23) return undefined;
  const [, sign, hours, minutes = "00"] = match;
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -MINUTE : MINUTE);
  return new Zone(`${offset < 0 ? "-" : "+"}${hours}:${minutes}`, () => offset);
}

function named(name: string): Zone | undefined {
  const found = find(name);
  return found === undefined ? undefined : new Zone(canonical(found), (time) => offset(found, time) ?? 0);
}

function canonical(name: string): string {
  other ??= new Map(
    (JSON.parse(zoneAliases) as string[]).flatMap((line) => {
      const [zone = "", ...names] = line.split(" ");
      return names.map((one) => [one, zone] as const);
    }),
  );
  return other.get(name) ?? name;
}

export class Zone {
  private readonly standards = new Map<number, number>();
  private at = NaN;
  private last = 0;

  constructor(
    /** As `resolvedOptions` has it. */
    readonly name: string,
    private readonly find: (time: number) => number,
  ) {}

  /** Milliseconds that are added to UTC at a time. */
  offset(time: number): number {
    // Formatting asks again for the same second.
    if (time === this.at) return this.last;
    this.at = time;
    return (this.last = this.find(time));
  }

  /** Whether clocks are put forward at a time. */
  isSummer(time: number): boolean {
    const year = new Date(time).getUTCFullYear();
    let standard = this.standards.get(year);
    if (standard === undefined) {
      standard = Math.min(this.find(Date.UTC(year, 0, 15)), this.find(Date.UTC(year, 6, 15)));
      this.standards.set(year, standard);
    }
    return this.offset(time) > standard;
  }
}

export interface ZoneTexts {
  /** Of one hour: short and long; of none: short and long. */
  readonly offsets: readonly string[];
  /** Short and long. */
  readonly utc: readonly string[];
}

/** How a language calls a zone at a time, in one of the styles of `timeZoneName`. */
export function zoneText(zone: Zone, time: number, style: string, texts: ZoneTexts, table: string): string {
  const isLong = style.startsWith("long");
  if (style.endsWith("Generic")) throw notThere(`generic names of time zones (timeZoneName: "${style}")`);
  if (zone.name === "UTC" && !style.endsWith("Offset")) return texts.utc[isLong ? 1 : 0]!;
  // Before there were zones a place had its own time, to the second, which has no name.
  const isNamed = zone.offset(time) % MINUTE === 0 && !style.endsWith("Offset");
  const name = !isNamed ? "" : nameOf(zone, time, isLong, table);
  return name || offsetText(zone.offset(time), isLong, texts.offsets);
}

function nameOf(zone: Zone, time: number, isLong: boolean, table: string): string {
  const group = groups().get(zone.name);
  const namesIn = (one: string) => (JSON.parse(zoneNames[one] ?? '""') as string).split("~");
  const hasLong = (names: readonly string[]) => names.some((each) => each.split("|").length > 2);
  // A region calls zones by the long names of its language.
  const tables = isLong ? [table, table.split("-")[0]!] : [table];
  const all = tables.map(namesIn).find((names) => !isLong || hasLong(names));
  if (all === undefined) throw notThere(`long names of time zones in ${table}`);
  const [winter = "", summer = "", longWinter = "", longSummer = ""] = (
    group === undefined ? "" : all[group]!
  ).split("|");
  const [standard, daylight] = isLong ? [longWinter, longSummer] : [winter, summer];
  return zone.isSummer(time) ? daylight || standard : standard;
}

let groupOf: Map<string, number> | undefined;
function groups(): Map<string, number> {
  return (groupOf ??= new Map(
    (JSON.parse(zoneGroups) as string[]).flatMap((members, at) =>
      members.split(" ").map((name) => [name, at] as const),
    ),
  ));
}

function offsetText(
  offset: number,
  isLong: boolean,
  [shortHour = "", longHour = "", none = "", longNone = "", west = ""]: readonly string[],
): string {
  const seconds = Math.abs(offset) / 1000;
  if (seconds === 0) return isLong ? longNone : none;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  const sign = offset < 0 ? /[-\u2212]/.exec(west)![0] : "+";
  const isPadded = isLong || /0\d$/.test(shortHour);
  const tail = isLong || minutes > 0 || rest > 0 ? `:${two(minutes)}${rest > 0 ? `:${two(rest)}` : ""}` : "";
  const text = `${sign}${isPadded ? two(hours) : hours}${tail}`;
  return (isLong ? longHour : shortHour).replace(/\+[\d:.]+/, () =>
    isLong && longHour.includes(".") ? text.replaceAll(":", ".") : text,
  );
}
