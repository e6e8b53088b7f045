import { dates } from "./data.js";

/** What an Intl object speaks: the tag that it says, and the one that its tables have. */
export interface Spoken {
  readonly locale: string;
  readonly table: string;
  /** Of the tag's extension, such as `hc-h12`. */
  readonly hourCycle?: string | undefined;
}

/** Where a language is spoken as its tables say. Other regions than these and those with tables have the language's own tag. */
const HOME: Readonly<Record<string, string>> = {
  en: "US",
  de: "DE",
  fr: "FR",
  es: "ES",
  it: "IT",
  pt: "BR",
  nl: "NL",
  sv: "SE",
  da: "DK",
  nb: "NO",
  fi: "FI",
  pl: "PL",
  cs: "CZ",
  ru: "RU",
  uk: "UA",
  tr: "TR",
  ja: "JP",
  ko: "KR",
  zh: "CN",
};
const TAG =
  /^([a-z]{2,3}|[a-z]{5,8})(?:-([a-z]{4}))?(?:-([a-z]{2}|\d{3}))?((?:-(?:[\da-z]{5,8}|\d[\da-z]{3}))*)((?:-[\da-wyz](?:-[\da-z]{2,8})+)*)(?:-x(?:-[\da-z]{1,8})+)?$/i;

/** @throws {RangeError} as Node's when a tag is none */
export function canonicalLocales(locales: unknown): string[] {
  if (locales === undefined) return [];
  if (locales === null) throw new TypeError("Cannot convert undefined or null to object");
  const list = typeof locales === "string" ? [locales] : Array.from(Object(locales) as ArrayLike<unknown>);
  return [...new Set(list.map(canonical))];
}

function canonical(tag: unknown): string {
  if (typeof tag !== "string" && typeof tag !== "object") {
    throw new TypeError("Language ID should be string or object.");
  }
  const match = TAG.exec(String(tag));
  if (!match) throw new RangeError(`Incorrect locale information provided`);
  const [, language = "", script, region, variants = "", extensions = ""] = match;
  return [
    language.toLowerCase(),
    script && script[0]!.toUpperCase() + script.slice(1).toLowerCase(),
    region?.toUpperCase(),
  ]
    .filter(Boolean)
    .join("-")
    .concat(variants.toLowerCase(), extensions.toLowerCase());
}

/**
 * The first of the locales that there are tables for, else English, as ECMA-402 has it.
 *
 * @throws {RangeError} for a calendar or digits that there are none of
 */
export function speak(locales: unknown): Spoken {
  for (const tag of canonicalLocales(locales)) {
    const spoken = find(tag);
    if (spoken) return { ...spoken, hourCycle: extension(tag) };
  }
  return { locale: "en-US", table: "en" };
}

/** Those of the locales that there are tables for. */
export function supportedLocales(locales: unknown): string[] {
  return canonicalLocales(locales).filter((tag) => find(tag) !== undefined);
}

function find(tag: string): Spoken | undefined {
  const [language = "", ...rest] = tag.replace(/-u-.*$/, "").split("-");
  const table = language === "no" ? "nb" : language;
  const region = rest.find((part) => /^[A-Z]{2}$/.test(part));
  if (!(table in HOME)) return undefined;
  if (language === "zh" && (rest.includes("Hant") || region === "HK" || region === "MO")) {
    return { locale: "zh-TW", table: "zh-TW" };
  }
  if (region === undefined) return { locale: language, table };
  const exact = `${table}-${region}`;
  if (exact in dates) return { locale: exact, table: exact };
  return HOME[table] === region ? { locale: `${language}-${region}`, table } : { locale: language, table };
}

function extension(tag: string): string | undefined {
  const [, given = ""] = /-u((?:-[\da-z]{2,8})+)/.exec(tag) ?? [];
  const value = (key: string) => new RegExp(`-${key}-([\\da-z]{3,8})`).exec(given)?.[1];
  for (const [key, only] of [
    ["ca", "gregory"],
    ["nu", "latn"],
  ] as const) {
    const asked = value(key);
    if (asked !== undefined && asked !== only)
      throw notThere(`the ${key === "ca" ? "calendar" : "digits"} ${asked}`);
  }
  const cycle = value("hc");
  return /^h(11|12|23|24)$/.test(cycle ?? "") ? cycle : undefined;
}

/** What Node's Intl has and this one has not: said, and not done in another way. */
export function notThere(what: string): RangeError {
  return new RangeError(`The library's Intl does not have ${what}: see Intl in Laconic's list of built-ins.`);
}

/** The option of a name, of the values that there are. */
export function option<T extends string>(
  options: Readonly<Record<string, unknown>>,
  of: string,
  name: string,
  values: readonly T[],
): T | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  const text = String(value) as T;
  if (values.includes(text)) return text;
  throw new RangeError(`Value ${text} out of range for Intl.${of} options property ${name}`);
}

/** As `Object(options)`, with the errors of Node. */
export function optionsOf(
  options: unknown,
  ofNull = "Cannot convert undefined or null to object",
): Readonly<Record<string, unknown>> {
  if (options === undefined) return {};
  if (options === null) throw new TypeError(ofNull);
  return Object(options) as Record<string, unknown>;
}
