import { constructorOf } from "./constructor.js";
import {
  dateData,
  ERAS_AT,
  DIGITS,
  MONTHS,
  patternOf,
  STYLES,
  type DateData,
  type Fields,
} from "./date-data.js";
import { notThere, option, optionsOf, speak, type Spoken } from "./locale.js";
import { zoneOf, zoneText, type Zone } from "./zone.js";

/** One piece of a formatted date. */
export interface Part {
  type: string;
  value: string;
  source?: string;
}

const NAMES = ["narrow", "short", "long"] as const;
const ZONE_NAMES = ["short", "long", "shortOffset", "longOffset", "shortGeneric", "longGeneric"] as const;
const CYCLES = ["h11", "h12", "h23", "h24"] as const;
const DATE = ["weekday", "year", "month", "day"] as const;
const TIME = ["dayPeriod", "hour", "minute", "second", "fractionalSecondDigits"] as const;

/** Which fields there are when none is named: of `new DateTimeFormat()` and of Date's three methods. */
export type Need = readonly [required: "any" | "date" | "time", defaults: "all" | "date" | "time"];

/** `Intl.DateTimeFormat` for the Gregorian calendar, in the languages of data.ts. */
class DateTimeFormatting {
  readonly #spoken: Spoken;
  #data: DateData;
  readonly #fields: Fields;
  readonly #zone: Zone;
  readonly #cycle: string;
  readonly #pattern: readonly Part[];
  #format: ((date?: unknown) => string) | undefined;

  constructor(locales?: unknown, given?: unknown, [required, defaults]: Need = ["any", "date"]) {
    const options = optionsOf(given, "Intl.DateTimeFormat called on null or undefined");
    this.#spoken = speak(locales);
    this.#data = dateData(this.#spoken.table);
    const read = <T extends string>(name: string, values: readonly T[]) =>
      option(options, "DateTimeFormat", name, values);
    option(options, "DateTimeFormat", "localeMatcher", ["lookup", "best fit"]);
    onlyValue(options, "calendar", "gregory");
    onlyValue(options, "numberingSystem", "latn");
    const hour12 = options["hour12"] === undefined ? undefined : Boolean(options["hour12"]);
    const hourCycle = read("hourCycle", CYCLES);
    this.#zone = zoneOf(options["timeZone"]);
    this.#fields = fieldsOf(options, read, required, defaults);
    // A region without eras of its own has its language's.
    const hasEra = this.#data.date.length > ERAS_AT;
    if (this.#fields.era && !hasEra) this.#data = dateData(this.#spoken.table.split("-")[0]!);
    this.#cycle = this.#hours(hour12, hourCycle);
    const isTwelve = this.#cycle === "h12" || this.#cycle === "h11";
    this.#pattern = parsed(patternOf(this.#data, this.#fields, isTwelve));
  }

  #hours(hour12: boolean | undefined, hourCycle: string | undefined): string {
    const { cycle } = this.#data;
    if (hour12 !== undefined) return cycle[hour12 ? 1 : 2]!;
    return hourCycle ?? this.#spoken.hourCycle ?? cycle[0]!;
  }

  get format(): (date?: unknown) => string {
    return (this.#format ??= (date) => this.#text(timeOf(date)));
  }

  formatToParts(date?: unknown): Part[] {
    return this.#parts(timeOf(date));
  }

  /** Both dates whole; of dates that read alike, one. */
  formatRange(start: unknown, end: unknown): string {
    return this.formatRangeToParts(start, end)
      .map(({ value }) => value)
      .join("");
  }

  formatRangeToParts(start: unknown, end: unknown): Part[] {
    if (start === undefined || end === undefined)
      throw new TypeError("startDate or endDate cannot be undefined");
    const [first, last] = [start, end].map((date) => this.#parts(timeOf(date))) as [Part[], Part[]];
    const from = (source: string) => (part: Part) => ({ ...part, source });
    if (JSON.stringify(first) === JSON.stringify(last)) return first.map(from("shared"));
    return [
      ...first.map(from("startRange")),
      { type: "literal", value: this.#data.range, source: "shared" },
      ...last.map(from("endRange")),
    ];
  }

  resolvedOptions(): object {
    const { dateStyle, timeStyle, fractionalSecondDigits, timeZoneName } = this.#fields;
    const has = (type: string) => this.#pattern.some((part) => part.type === type);
    const isStyled = Boolean(dateStyle || timeStyle);
    const hour = has("hour") && {
      hourCycle: this.#cycle,
      hour12: this.#cycle === "h11" || this.#cycle === "h12",
    };
    return {
      locale: this.#spoken.locale,
      calendar: "gregory",
      numberingSystem: "latn",
      timeZone: this.#zone.name,
      ...hour,
      ...(!isStyled && {
        ...this.#resolvedFields(),
        ...(fractionalSecondDigits !== undefined && { fractionalSecondDigits }),
        ...(timeZoneName !== undefined && { timeZoneName }),
      }),
      ...(dateStyle && { dateStyle }),
      ...(timeStyle && { timeStyle }),
    };
  }

  /** As wide as the pattern has them, which is not always what was asked. */
  #resolvedFields(): object {
    const widths = ["weekday", "era", "year", "month", "day", "hour", "minute", "second"].map((name) => {
      const part = this.#pattern.find(({ type }) => type === name);
      const asked = this.#fields[name as keyof Fields];
      const digits = part && /^([yMdhms])\1?$/.test(part.value) ? DIGITS[part.value.length] : undefined;
      return [name, part ? (digits ?? asked) : undefined] as const;
    });
    return Object.fromEntries(widths.filter(([, width]) => width !== undefined));
  }

  #text(time: number): string {
    // V8 keeps the narrow space to the parts: programs split the text at spaces.
    return this.#parts(time)
      .map(({ value }) => value)
      .join("")
      .replaceAll("\u202f", " ");
  }

  #parts(time: number): Part[] {
    const offset = this.#zone.offset(time);
    const local = new Date(time + offset);
    return this.#pattern.map(({ type, value }) => ({
      type,
      value: type === "literal" ? value : this.#field(value, local, time),
    }));
  }

  /** @param code as tools/intl-data.mjs writes it */
  #field(code: string, local: Date, time: number): string {
    const { names, eras } = this.#data;
    const list = names[Number(code.slice(1))];
    switch (code[0]) {
      case "y":
        return this.#year(local, code.length === 2);
      case "M":
        return digits(local.getUTCMonth() + 1, code);
      case "d":
        return digits(local.getUTCDate(), code);
      case "h":
        return digits(this.#hour(local.getUTCHours()), code);
      case "m":
        return digits(local.getUTCMinutes(), code);
      case "s":
        return digits(local.getUTCSeconds(), code);
      case "f":
        return String(local.getUTCMilliseconds())
          .padStart(3, "0")
          .slice(0, this.#fields.fractionalSecondDigits);
      case "L":
        return list![local.getUTCMonth()]!;
      case "W":
        return list![local.getUTCDay()]!;
      case "E":
        return eras[NAMES.indexOf(this.#fields.era ?? "short")]![local.getUTCFullYear() > 0 ? 1 : 0]!;
      case "a":
        return list![local.getUTCHours() < 12 ? 0 : 1]!;
      default:
        return this.#zoneName(time);
    }
  }

  #year(local: Date, isShort: boolean): string {
    const year = local.getUTCFullYear();
    // Eras count from 1 both ways.
    const shown = year > 0 ? year : 1 - year;
    return isShort ? String(shown % 100).padStart(2, "0") : String(shown);
  }

  #hour(hour: number): number {
    switch (this.#cycle) {
      case "h12":
        return hour % 12 || 12;
      case "h11":
        return hour % 12;
      case "h24":
        return hour || 24;
      default:
        return hour;
    }
  }

  #zoneName(time: number): string {
    const { timeZoneName, timeStyle } = this.#fields;
    const style = timeZoneName ?? (timeStyle === "full" ? "long" : "short");
    const { table } = this.#spoken;
    return zoneText(this.#zone, time, style, this.#data, table);
  }
}

export const DateTimeFormat = /* @__PURE__ */ constructorOf("DateTimeFormat", DateTimeFormatting);

/** A formatter with the fields that a method of Date's has when none is named. */
export function dateFormat(locales: unknown, options: unknown, need: Need): DateTimeFormatting {
  return new DateTimeFormatting(locales, options, need);
}

function fieldsOf(
  options: Readonly<Record<string, unknown>>,
  read: <T extends string>(name: string, values: readonly T[]) => T | undefined,
  required: Need[0],
  defaults: Need[1],
): Fields {
  const weekday = read("weekday", NAMES);
  const era = read("era", NAMES);
  const fields: Fields = {
    weekday,
    era,
    year: read("year", ["2-digit", "numeric"]) as (typeof DIGITS)[number],
    month: read("month", MONTHS.slice(1) as string[]) as (typeof MONTHS)[number],
    day: read("day", ["2-digit", "numeric"]) as (typeof DIGITS)[number],
  };
  if (read("dayPeriod", NAMES) !== undefined) throw notThere("parts of the day (dayPeriod)");
  for (const name of ["hour", "minute", "second"] as const) {
    fields[name] = read(name, ["2-digit", "numeric"]) as (typeof DIGITS)[number];
  }
  fields.fractionalSecondDigits = fraction(options["fractionalSecondDigits"]);
  fields.timeZoneName = read("timeZoneName", ZONE_NAMES);
  read("formatMatcher", ["basic", "best fit"]);
  fields.dateStyle = read("dateStyle", STYLES.slice(1) as string[]) as (typeof STYLES)[number];
  fields.timeStyle = read("timeStyle", STYLES.slice(1) as string[]) as (typeof STYLES)[number];
  if (fields.dateStyle || fields.timeStyle) {
    const one = [...DATE, "era", ...TIME, "timeZoneName"].find(
      (name) => fields[name as keyof Fields] !== undefined,
    );
    // V8's own words.
    if (one) throw new TypeError("Invalid option : option");
    const other = required === "date" ? "timeStyle" : "dateStyle";
    if (required !== "any" && fields[other]) throw new TypeError(`Invalid option : ${other}`);
    return fields;
  }
  return completed(fields, required, defaults);
}

function completed(fields: Fields, required: Need[0], defaults: Need[1]): Fields {
  const has = (names: readonly string[]) => names.some((name) => fields[name as keyof Fields] !== undefined);
  const isComplete = (required !== "time" && has(DATE)) || (required !== "date" && has(TIME));
  if (!isComplete && defaults !== "time")
    Object.assign(fields, { year: "numeric", month: "numeric", day: "numeric" });
  if (!isComplete && defaults !== "date")
    Object.assign(fields, { hour: "numeric", minute: "numeric", second: "numeric" });
  if (fields.era !== undefined && fields.weekday !== undefined)
    throw notThere("eras beside days of the week");
  return fields;
}

function fraction(given: unknown): number | undefined {
  if (given === undefined) return undefined;
  const count = Number(given);
  if (!(count >= 1 && count <= 3)) throw new RangeError("fractionalSecondDigits value is out of range.");
  return Math.floor(count);
}

function onlyValue(options: Readonly<Record<string, unknown>>, name: string, only: string): void {
  const given = options[name];
  if (given !== undefined && String(given).toLowerCase() !== only) {
    throw notThere(`the ${name === "calendar" ? "calendar" : "digits"} ${String(given)}`);
  }
}

const TYPES: Readonly<Record<string, string>> = {
  y: "year",
  M: "month",
  L: "month",
  d: "day",
  h: "hour",
  m: "minute",
  s: "second",
  f: "fractionalSecond",
  W: "weekday",
  E: "era",
  a: "dayPeriod",
  z: "timeZoneName",
};

/** The parts of a pattern, whose values are its fields' codes. */
function parsed(pattern: string): Part[] {
  const pieces = pattern.split(/\{(\w+)\}/);
  return pieces.flatMap((piece, at) => {
    if (at % 2 === 1) return { type: TYPES[piece[0]!]!, value: piece };
    return piece === "" ? [] : { type: "literal", value: piece };
  });
}

function digits(value: number, { length }: string): string {
  return String(value).padStart(length, "0");
}

function timeOf(date: unknown): number {
  const time = date === undefined ? Date.now() : Number(date);
  if (!Number.isFinite(time) || Math.abs(time) > 8.64e15) throw new RangeError("Invalid time value");
  return Math.trunc(time);
}
