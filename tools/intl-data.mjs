// Writes packages/node-compat/modules/intl/data.ts: what Node's own Intl says of dates and numbers in some languages, as
// tables. Run it with the Node that the library follows; its ICU is the source, which the file names.
import { readFileSync, writeFileSync } from "node:fs";

/** Languages first, since a region without data of its own falls back to its language. */
const LOCALES =
  "en en-GB en-CA en-AU en-IN de de-AT de-CH fr fr-CA fr-CH es es-MX it pt pt-PT nl sv da nb fi pl cs ru uk tr ja ko zh zh-TW".split(
    " ",
  );
/** Languages that have the long names of time zones, which are many bytes. */
const LONG_ZONE_LOCALES = "en en-GB de fr es ja".split(" ");
const CURRENCIES =
  "AUD BRL CAD CHF CNY CZK DKK EUR GBP HKD HUF IDR ILS INR JPY KRW MXN NOK NZD PLN RON RUB SEK SGD THB TRY TWD UAH USD VND ZAR".split(
    " ",
  );

const WEEKDAYS = [undefined, "narrow", "short", "long"];
const DIGITS = [undefined, "numeric", "2-digit"];
const MONTHS = [undefined, "numeric", "2-digit", "narrow", "short", "long"];
const STYLES = [undefined, "full", "long", "medium", "short"];
/** 5 March 2009 is a Thursday; every field has one digit. */
const SAMPLE = Date.UTC(2009, 2, 5, 3, 5, 7, 123);
const dayOf = (month, day) => Date.UTC(2009, month, day, 3, 5, 7, 123);

/** Collects what is said twice. */
class Table {
  values = [];
  at(value) {
    const text = JSON.stringify(value);
    const found = this.values.findIndex((other) => JSON.stringify(other) === text);
    return found >= 0 ? found : this.values.push(value) - 1;
  }
}

class LocaleTables {
  names = new Table();
  patterns = new Table();
  constructor(locale) {
    this.locale = locale;
  }

  parts(options, time = SAMPLE) {
    return new Intl.DateTimeFormat(this.locale, { timeZone: "UTC", ...options }).formatToParts(time);
  }

  /** Fields in braces: y yy M MM d dd h hh m mm s ss f z, and names as their kind and the number of their list. */
  text(options) {
    return this.parts(options)
      .map((part, index) => this.field(part, index, options))
      .join("");
  }

  pattern(options) {
    return this.patterns.at(this.text(options));
  }

  field({ type, value }, index, options) {
    const digits = { year: "y", month: "M", day: "d", hour: "h", minute: "m", second: "s" };
    const same = (time) => this.parts(options, time)[index].value;
    switch (type) {
      case "literal":
        return value;
      case "fractionalSecond":
        return "{f}";
      case "timeZoneName":
        return "{z}";
      case "weekday":
        return `{W${this.names.at([1, 2, 3, 4, 5, 6, 7].map((day) => same(dayOf(2, day))))}}`;
      case "era":
        return "{E}";
      case "dayPeriod":
        return `{a${this.names.at([value, same(SAMPLE + 43_200_000)])}}`;
      case "month":
        if (!/^\d+$/.test(value)) {
          return `{L${this.names.at([...Array(12).keys()].map((month) => same(dayOf(month, 5))))}}`;
        }
    }
    if (!(type in digits) || !/^\d+$/.test(value)) throw new Error(`${this.locale}: ${type} ${value}`);
    return `{${digits[type].repeat(type === "year" ? (value.length === 2 ? 2 : 1) : value.length)}}`;
  }
}

/** V8 22 aborts over eras in de-CH. */
function hasEras(locale) {
  return locale !== "de-CH";
}

/** Everything that a locale's dates are made of. Tables are in the order of the loops; the reader counts alike. */
function datesOf(locale) {
  const tables = new LocaleTables(locale);
  const date = [];
  const glue = [];
  const glues = new Table();
  for (const era of hasEras(locale) ? [undefined, "short"] : [undefined])
    for (const weekday of era ? [undefined] : WEEKDAYS)
      for (const year of DIGITS)
        for (const month of MONTHS)
          for (const day of DIGITS) {
            const options = { era, weekday, year, month, day };
            if (!weekday && !year && !month && !day && !era) {
              date.push(-1);
              glue.push(-1);
              continue;
            }
            // An era alone is completed with a date by ICU.
            const own = tables.pattern(options);
            date.push(own);
            const hours = { hour: "numeric", minute: "numeric", hourCycle: "h23" };
            glue.push(
              glues.at(
                glueOf(
                  tables.patterns.values[own],
                  tables.text(hours),
                  tables.text({ ...options, ...hours }),
                ),
              ),
            );
          }
  const time = [];
  for (const hourCycle of ["h12", "h23"])
    for (const timeZoneName of [undefined, "short"])
      for (const fractionalSecondDigits of [undefined, 3])
        for (const hour of DIGITS)
          for (const minute of DIGITS)
            for (const second of DIGITS) {
              const options = { hour, minute, second, fractionalSecondDigits, timeZoneName };
              const isEmpty = Object.values(options).every((value) => value === undefined);
              // A zone alone comes with a date, whose glue it has.
              if (!isEmpty && (hour || minute || second || fractionalSecondDigits))
                time.push(tables.pattern({ ...options, ...(hour && { hourCycle }) }));
              else time.push(-1);
            }
  const styles = [];
  for (const hourCycle of ["h12", "h23"])
    for (const dateStyle of STYLES)
      for (const timeStyle of STYLES)
        styles.push(
          dateStyle || timeStyle
            ? tables.pattern({ dateStyle, timeStyle, ...(timeStyle && { hourCycle }) })
            : -1,
        );
  const resolved = (options) =>
    new Intl.DateTimeFormat(locale, { hour: "numeric", ...options }).resolvedOptions().hourCycle;
  // A day of the week by an hour alone comes together in another way than by minutes.
  const lone = WEEKDAYS.slice(1).map((weekday) => {
    const [own, time, both] = [{ weekday }, { hour: "numeric" }, { weekday, hour: "numeric" }].map(
      (options) => tables.text(options),
    );
    // In Korean the hour itself is another one there.
    return both.includes(time) ? glues.at(glueOf(own, time, both)) : -1;
  });
  const day = tables.text({ year: "numeric", month: "numeric", day: "numeric" });
  const zone = tables.text({ year: "numeric", month: "numeric", day: "numeric", timeZoneName: "short" });
  const utc = ["short", "long"].map((style) => named(locale, "UTC", style, SAMPLE));
  const offsets = [
    ["Etc/GMT-1", "shortOffset"],
    ["Etc/GMT-1", "longOffset"],
    ["UTC", "shortOffset"],
    ["UTC", "longOffset"],
    ["Etc/GMT+1", "shortOffset"],
  ].map(([timeZone, timeZoneName]) => named(locale, timeZone, timeZoneName, SAMPLE));
  const range = rangeSeparator(locale);
  const eras = ["narrow", "short", "long"].map((era) =>
    [Date.UTC(-5, 2, 5), SAMPLE].map(
      (time) =>
        new LocaleTables(hasEras(locale) ? locale : "de")
          .parts({ year: "numeric", era }, time)
          .find(({ type }) => type === "era").value,
    ),
  );
  return {
    eras,
    names: tables.names.values,
    patterns: tables.patterns.values,
    date: packed(date),
    glue: packed(glue),
    glues: glues.values,
    time: packed(time),
    styles: packed(styles),
    cycle: [resolved({}), midnight(locale === "ja" ? "ja-JP" : locale), resolved({ hour12: false })],
    lone,
    zone: zone.replace(day, "{D}"),
    offsets,
    utc,
    range,
  };
}

/** The twelve hours that a language counts: Japanese ones begin at 0. */
function midnight(locale) {
  const options = { hour: "numeric", minute: "numeric", hour12: true, timeZone: "UTC" };
  const format = new Intl.DateTimeFormat(locale, options);
  const hour = format.formatToParts(Date.UTC(2009, 2, 5)).find(({ type }) => type === "hour").value;
  return Number(hour) === 0 ? "h11" : "h12";
}

/** Runs of one number as [number, times]. */
function packed(numbers) {
  const runs = [];
  for (const number of numbers) {
    if (runs.at(-1)?.[0] === number) runs.at(-1)[1]++;
    else runs.push([number, 1]);
  }
  return runs.map(([number, times]) => (times === 1 ? `${number}` : `${number}x${times}`)).join(" ");
}

/** How a date and a time come together; with the date's fields where they are other ones beside a time. */
function glueOf(date, time, both) {
  if (both.startsWith(date) && both.endsWith(time)) {
    return `{D}${both.slice(date.length, both.length - time.length)}{T}`;
  }
  if (both.startsWith(time) && both.endsWith(date)) {
    return `{T}${both.slice(time.length, both.length - date.length)}{D}`;
  }
  if (!both.includes(time)) throw new Error(`${both} has no ${time}`);
  return both.replace(time, "{T}");
}

function named(locale, timeZone, timeZoneName, time) {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(time);
  return parts.find(({ type }) => type === "timeZoneName").value;
}

function rangeSeparator(locale) {
  const parts = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" }).formatRangeToParts(
    SAMPLE,
    SAMPLE + 400 * 86_400_000,
  );
  return parts.filter(({ source, type }) => source === "shared" && type === "literal").at(-1)?.value ?? " – ";
}

/** Names of zones: the zones of one group are called alike in every language. */
function zonesOf() {
  const zones = Intl.supportedValuesOf("timeZone");
  const [winter, summer] = [Date.UTC(2024, 0, 15, 12), Date.UTC(2024, 6, 15, 12)];
  const groups = new Map();
  for (const zone of zones) {
    const offset = (time) => named("en", zone, "longOffset", time).slice(3);
    const hours = (text) =>
      text === "" ? 0 : Number(text.slice(0, 3)) + Number(`${text[0]}${text.slice(4)}`) / 60;
    const times = [winter, summer].sort((a, b) => hours(offset(a)) - hours(offset(b)));
    const all = LOCALES.map((locale) =>
      ["short", ...(LONG_ZONE_LOCALES.includes(locale) ? ["long"] : [])].flatMap((style) =>
        times.map((time) => named(locale, zone, style, time)),
      ),
    );
    const key = JSON.stringify(all.map((each) => each.map((name) => (/[+-]\d/.test(name) ? "" : name))));
    groups.set(key, [...(groups.get(key) ?? []), zone]);
  }
  const entries = [...groups];
  return {
    zones: entries.map(([, members]) => members.join(" ")),
    names: Object.fromEntries(
      LOCALES.map((locale, index) => [
        locale,
        entries.map(([key]) => shortened(JSON.parse(key)[index])).join("~"),
      ]),
    ),
  };
}

function shortened([winter, summer, longWinter = "", longSummer = ""]) {
  const same = (one, other) => (one === other ? "" : other);
  return [winter, same(winter, summer), longWinter, same(longWinter, longSummer)]
    .join("|")
    .replace(/\|+$/, "");
}

function numbersOf(locale) {
  const parts = (value, options) => new Intl.NumberFormat(locale, options).formatToParts(value);
  const symbol = (type, value, options) => parts(value, options).find((part) => part.type === type)?.value;
  const grouped = (value) =>
    parts(value)
      .filter(({ type }) => type === "integer")
      .map((part) => part.value.length);
  const pattern = (options, value = 5) =>
    parts(value, { maximumFractionDigits: 0, ...options })
      .map(
        ({ type, value: text }) =>
          ({ integer: "{n}", currency: "{c}", percentSign: "{p}", minusSign: "{-}" })[type] ?? text,
      )
      .join("");
  const money = (display) =>
    Object.fromEntries(
      CURRENCIES.map((currency) => [
        currency,
        symbol("currency", 1, { style: "currency", currency, currencyDisplay: display }),
      ]).filter(([currency, text]) => currency !== text),
    );
  const currency = (value, more = {}) => pattern({ style: "currency", currency: "EUR", ...more }, value);
  return {
    decimal: symbol("decimal", 1.5),
    group: symbol("group", 12345678),
    sizes: grouped(123456789).slice(-2).reverse(),
    minimum: grouped(1234).length === 1 ? 2 : 1,
    minus: symbol("minusSign", -1),
    nan: symbol("nan", NaN),
    percent: symbol("percentSign", 1, { style: "percent" }),
    patterns: {
      percent: pattern({ style: "percent" }, 0.05),
      currency: [currency(5), currency(-5)],
      accounting: [currency(5, { currencySign: "accounting" }), currency(-5, { currencySign: "accounting" })],
      code: [currency(5, { currencyDisplay: "code" }), currency(-5, { currencyDisplay: "code" })],
    },
    symbols: money("symbol"),
    narrow: money("narrowSymbol"),
    // Money has its own separator in a few places.
    money: [
      symbol("decimal", 1.5, { style: "currency", currency: "EUR" }),
      symbol("group", 12345678, { style: "currency", currency: "EUR" }),
    ],
  };
}

/** Other names of zones, by what they are called. */
function aliases() {
  const text = readFileSync("/usr/share/zoneinfo/tzdata.zi", "utf8");
  const names = [...text.matchAll(/^(?:L \S+|Z) (\S+)/gm)].map((match) => match[1]);
  const byZone = new Map();
  for (const name of names) {
    let zone = name;
    try {
      zone = new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone;
    } catch {
      continue; // ICU does not know it.
    }
    if (zone !== name) byZone.set(zone, [...(byZone.get(zone) ?? []), name]);
  }
  return [...byZone].map(([zone, names]) => `${zone} ${names.join(" ")}`);
}

const data = {
  icu: process.versions.icu,
  dates: Object.fromEntries(LOCALES.map((locale) => [locale, datesOf(locale)])),
  numbers: Object.fromEntries(LOCALES.map((locale) => [locale, numbersOf(locale)])),
  zones: zonesOf(),
  aliases: aliases(),
};
const text = (value) => JSON.stringify(JSON.stringify(value));
const entries = (table) =>
  Object.entries(table)
    .map(([locale, value]) => `  // prettier-ignore\n  ${JSON.stringify(locale)}: ${text(value)},\n`)
    .join("");
const folder = new URL("../packages/node-compat/modules/intl/", import.meta.url);
writeFileSync(
  new URL("data.ts", folder),
  `// Written by tools/intl-data.mjs from ICU ${data.icu} in Node ${process.versions.node}. One JSON text a language, parsed when it is used.

export const dates: Readonly<Record<string, string>> = {\n${entries(data.dates)}};

export const numbers: Readonly<Record<string, string>> = {\n${entries(data.numbers)}};

/** The zones of one group are called alike. */\n// prettier-ignore
export const zoneGroups: string = ${text(data.zones.zones)};

/** A zone, then its other names. */\n// prettier-ignore
export const zoneAliases: string = ${text(data.aliases)};

/** By group: short standard and summer name, and the long ones. */
export const zoneNames: Readonly<Record<string, string>> = {\n${entries(data.zones.names)}};\n`,
);
for (const [name, table] of Object.entries({ dates: data.dates, numbers: data.numbers, zones: data.zones })) {
  console.log(name, JSON.stringify(table).length, "characters");
}
