import { dates } from "./data.js";

/** What one language's dates are made of; see tools/intl-data.mjs. */
export interface DateData {
  /** Narrow, short and long; before and after. */
  readonly eras: readonly (readonly string[])[];
  readonly names: readonly (readonly string[])[];
  readonly patterns: readonly string[];
  readonly date: readonly number[];
  readonly glue: readonly number[];
  readonly glues: readonly string[];
  /** By width, of a day of the week and an hour. */
  readonly lone: readonly number[];
  readonly time: readonly number[];
  readonly styles: readonly number[];
  /** By default, of twelve hours, of 24. */
  readonly cycle: readonly string[];
  /** How the name of a zone stands by a date alone. */
  readonly zone: string;
  readonly offsets: readonly string[];
  readonly utc: readonly string[];
  readonly range: string;
}

const read = new Map<string, DateData>();

export function dateData(table: string): DateData {
  let data = read.get(table);
  if (data === undefined) {
    const packed = JSON.parse(dates[table]!) as Record<string, string>;
    const lists = ["date", "glue", "time", "styles"].map((name) => [name, unpacked(packed[name]!)]);
    data = { ...packed, ...Object.fromEntries(lists) } as unknown as DateData;
    read.set(table, data);
  }
  return data;
}

/** `3x2 4` is 3, 3, 4. */
function unpacked(text: string): number[] {
  return text.split(" ").flatMap((run) => {
    const [value, times = "1"] = run.split("x");
    return Array<number>(Number(times)).fill(Number(value));
  });
}

export const WEEKDAYS = [undefined, "narrow", "short", "long"] as const;
export const DIGITS = [undefined, "numeric", "2-digit"] as const;
export const MONTHS = [undefined, "numeric", "2-digit", "narrow", "short", "long"] as const;
export const STYLES = [undefined, "full", "long", "medium", "short"] as const;

/** In a table of dates, where those with eras begin. */
export const ERAS_AT = 216;

/** The fields that are asked for, as options name them. */
export interface Fields {
  weekday?: (typeof WEEKDAYS)[number];
  era?: "narrow" | "short" | "long" | undefined;
  year?: (typeof DIGITS)[number];
  month?: (typeof MONTHS)[number];
  day?: (typeof DIGITS)[number];
  hour?: (typeof DIGITS)[number];
  minute?: (typeof DIGITS)[number];
  second?: (typeof DIGITS)[number];
  fractionalSecondDigits?: number | undefined;
  timeZoneName?: string | undefined;
  dateStyle?: (typeof STYLES)[number];
  timeStyle?: (typeof STYLES)[number];
}

/** The pattern of some fields, for twelve hours or 24. Counts as tools/intl-data.mjs does. */
export function patternOf(data: DateData, fields: Fields, isTwelve: boolean): string {
  const cycle = isTwelve ? 0 : 1;
  if (fields.dateStyle || fields.timeStyle) {
    const at = (cycle * 5 + STYLES.indexOf(fields.dateStyle)) * 5 + STYLES.indexOf(fields.timeStyle);
    return data.patterns[data.styles[at]!]!;
  }
  const dateAt = dateIndex(fields);
  const time = timePattern(data, fields, cycle);
  const date = data.patterns[data.date[dateAt]!];
  if (time !== undefined && date !== undefined) {
    const isLone = dateAt % 54 === 0 && dateAt < ERAS_AT && !fields.minute && !fields.second;
    const lone = isLone ? data.lone[dateAt / 54 - 1]! : -1;
    const glue = lone >= 0 ? lone : data.glue[dateAt]!;
    return data.glues[glue]!.replace("{T}", () => time).replace("{D}", () => date);
  }
  if (time !== undefined) return time;
  return fields.timeZoneName === undefined ? date! : data.zone.replace("{D}", () => date!);
}

function dateIndex({ era, weekday, year, month, day }: Fields): number {
  const rest = (DIGITS.indexOf(year) * 6 + MONTHS.indexOf(month)) * 3 + DIGITS.indexOf(day);
  return era === undefined ? WEEKDAYS.indexOf(weekday) * 54 + rest : ERAS_AT + rest;
}

function timePattern(data: DateData, fields: Fields, cycle: number): string | undefined {
  const { hour, minute, second, fractionalSecondDigits, timeZoneName } = fields;
  const outer = (cycle * 2 + (timeZoneName === undefined ? 0 : 1)) * 2 + (fractionalSecondDigits ? 1 : 0);
  const inner = (DIGITS.indexOf(hour) * 3 + DIGITS.indexOf(minute)) * 3 + DIGITS.indexOf(second);
  return data.patterns[data.time[outer * 27 + inner]!];
}
