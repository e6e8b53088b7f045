import type { GlobalRow } from "./globals.js";
import { useNodeShim } from "../builtin.js";

const noData = (what: string): string => `the library has no data for ${what}`;

/** What of Node's `Intl` is not there, by its name as a member of `Intl`. */
export const unsupportedIntl: Readonly<Record<string, GlobalRow>> = {
  Collator: {
    reason: noData("the order of languages"),
    wayOut: "compare with localeCompare, which goes by code points",
  },
  DisplayNames: { reason: noData("names of regions and languages"), wayOut: "bring the names along" },
  Locale: {
    reason: noData("the parts of locales"),
    wayOut: "take the tag apart, or use a package such as @formatjs/intl-locale",
  },
  PluralRules: { reason: noData("plurals"), wayOut: "use a package such as @formatjs/intl-pluralrules" },
  RelativeTimeFormat: {
    reason: noData("relative times"),
    wayOut: "use a package such as @formatjs/intl-relativetimeformat or date-fns",
  },
  Segmenter: { reason: noData("the borders of words"), wayOut: `use a package, or ${useNodeShim}` },
};

/** What differs in what is there; one line each. */
export const intlNotes: readonly string[] = [
  "`DateTimeFormat` and `NumberFormat`, and the methods of `Date`, `Number` and `BigInt`, speak en, en-GB, en-CA, en-AU, en-IN, de, de-AT, de-CH, fr, fr-CA, fr-CH, es, es-MX, it, pt, pt-PT, nl, sv, da, nb, fi, pl, cs, ru, uk, tr, ja, ko, zh and zh-TW, from Node 22's own data. Another language falls back to English and another region to its language, as ECMA-402 has it: `resolvedOptions().locale` and `supportedLocalesOf` tell. `ListFormat` speaks English.",
  "A `RangeError` says what is not there: calendars other than the Gregorian, digits other than 0 to 9, `dayPeriod`, eras beside days of the week, generic names of zones, and long ones but in English, German, French, Spanish and Japanese; units, compact and scientific notation, names of currencies, modes of rounding.",
  "`formatRange` writes both dates whole, where Node leaves out of the second what both have. Names of zones are those of 2024.",
];
