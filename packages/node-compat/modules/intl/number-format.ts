import { constructorOf } from "./constructor.js";
import { notThere, option, optionsOf, speak, type Spoken } from "./locale.js";
import { numberData, type NumberData } from "./number-data.js";
import { rounded, type Digits } from "./rounding.js";

interface Part {
  type: string;
  value: string;
}

const STYLES = ["decimal", "percent", "currency", "unit"] as const;
const SIGNS = ["auto", "never", "always", "exceptZero", "negative"] as const;
/** Currencies without cents, and with thousandths. */
const MINOR: Readonly<Record<string, number>> = Object.fromEntries([
  ..."BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
    .split(" ")
    .map((code) => [code, 0]),
  ..."BHD IQD JOD KWD LYD OMR TND".split(" ").map((code) => [code, 3]),
]);

/** `Intl.NumberFormat` for numbers, percents and money, in the languages of data.ts. */
class NumberFormatting {
  readonly #spoken: Spoken;
  readonly #data: NumberData;
  readonly #style: (typeof STYLES)[number];
  readonly #currency: string | undefined;
  readonly #display: string;
  readonly #isAccounting: boolean;
  readonly #digits: Digits;
  readonly #grouping: string | false;
  readonly #sign: (typeof SIGNS)[number];
  #format: ((value?: unknown) => string) | undefined;

  constructor(locales?: unknown, given?: unknown) {
    const options = optionsOf(given);
    this.#spoken = speak(locales);
    this.#data = numberData(this.#spoken.table);
    const read = <T extends string>(name: string, values: readonly T[]) =>
      option(options, "NumberFormat", name, values);
    const digits = options["numberingSystem"];
    if (digits !== undefined && digits !== "latn") throw notThere(`the digits ${String(digits)}`);
    this.#style = read("style", STYLES) ?? "decimal";
    if (this.#style === "unit") throw notThere("units of numbers");
    this.#currency = currencyOf(options["currency"], this.#style);
    this.#display = read("currencyDisplay", ["code", "symbol", "narrowSymbol", "name"]) ?? "symbol";
    if (this.#display === "name" && this.#style === "currency") throw notThere("names of currencies");
    this.#isAccounting = read("currencySign", ["standard", "accounting"]) === "accounting";
    const notation = read("notation", ["standard", "scientific", "engineering", "compact"]) ?? "standard";
    if (notation !== "standard") throw notThere(`the notation "${notation}"`);
    this.#digits = digitsOf(options, this.#style, this.#currency);
    this.#grouping = groupingOf(options["useGrouping"]);
    this.#sign = read("signDisplay", SIGNS) ?? "auto";
  }

  get format(): (value?: unknown) => string {
    return (this.#format ??= (value) =>
      this.formatToParts(value)
        .map((part) => part.value)
        .join(""));
  }

  formatToParts(value?: unknown): Part[] {
    const number = rounded(value, this.#digits, this.#style === "percent");
    const sign = this.#signOf(number.isNegative, number.isZero || number.isNaN, number.isNaN);
    const pattern = this.#pattern(sign);
    // ICU puts a space between a code and digits only.
    const isDigits = !number.isNaN && !number.isInfinite;
    const isSpaced = this.#data.patterns.currency[0].startsWith("{c}\u00a0");
    const shown = isDigits || isSpaced ? pattern : pattern.replace("{c}\u00a0{n}", "{c}{n}");
    return this.#withSign(shown, sign).flatMap((part) =>
      part.type === "number" ? this.#number(number) : part,
    );
  }

  #signOf(isNegative: boolean, isZero: boolean, isNaN: boolean): "-" | "+" | "" {
    const negative = isNegative && !isNaN;
    switch (this.#sign) {
      case "never":
        return "";
      case "always":
        return negative ? "-" : "+";
      case "exceptZero":
        return isZero ? "" : negative ? "-" : "+";
      case "negative":
        return negative && !isZero ? "-" : "";
      default:
        return negative ? "-" : "";
    }
  }

  #pattern(sign: string): string {
    const { patterns } = this.#data;
    if (this.#style === "percent") return patterns.percent;
    if (this.#style !== "currency") return "{n}";
    const pair =
      this.#display === "code" || !(this.#symbol() !== this.#currency) ? patterns.code : patterns.currency;
    const [positive, negative] = this.#isAccounting && pair !== patterns.code ? patterns.accounting : pair;
    return sign === "-" ? negative : positive;
  }

  #withSign(pattern: string, sign: "-" | "+" | ""): Part[] {
    const shown = sign !== "" && !/\{-\}|\(/.test(pattern) ? `{-}${pattern}` : pattern;
    return shown.split(/(\{.\})/).flatMap((piece) => {
      switch (piece) {
        case "":
          return [];
        case "{n}":
          return { type: "number", value: "" };
        case "{c}":
          return { type: "currency", value: this.#symbol() };
        case "{p}":
          return { type: "percentSign", value: this.#data.percent };
        case "{-}":
          return sign === "+"
            ? { type: "plusSign", value: "+" }
            : { type: "minusSign", value: this.#data.minus };
        default:
          return { type: "literal", value: piece };
      }
    });
  }

  #symbol(): string {
    const code = this.#currency!;
    const { symbols, narrow } = this.#data;
    if (this.#display === "code") return code;
    return (this.#display === "narrowSymbol" ? narrow : symbols)[code] ?? code;
  }

  #number({ isNaN, isInfinite, integer, fraction }: ReturnType<typeof rounded>): Part[] {
    if (isNaN) return [{ type: "nan", value: this.#data.nan }];
    if (isInfinite) return [{ type: "infinity", value: "∞" }];
    const { decimal, group, money } = this.#data;
    const [point, mark] = this.#style === "currency" ? money : [decimal, group];
    const groups = this.#groups(integer);
    return [
      ...groups.flatMap((value, at) => [
        ...(at > 0 ? [{ type: "group", value: mark }] : []),
        { type: "integer", value },
      ]),
      ...(fraction === ""
        ? []
        : [
            { type: "decimal", value: point },
            { type: "fraction", value: fraction },
          ]),
    ];
  }

  #groups(digits: string): string[] {
    const [last, other] = this.#data.sizes;
    const minimum = this.#grouping === "always" ? 1 : this.#grouping === "min2" ? 2 : this.#data.minimum;
    if (this.#grouping === false || digits.length < last + minimum) return [digits];
    const groups = [digits.slice(-last)];
    for (let end = digits.length - last; end > 0; end -= other)
      groups.unshift(digits.slice(Math.max(0, end - other), end));
    return groups;
  }

  resolvedOptions(): object {
    const { minimumInteger, minimumFraction, maximumFraction, minimumSignificant, maximumSignificant } =
      this.#digits;
    return {
      locale: this.#spoken.locale,
      numberingSystem: "latn",
      style: this.#style,
      ...(this.#style === "currency" && {
        currency: this.#currency,
        currencyDisplay: this.#display,
        currencySign: this.#isAccounting ? "accounting" : "standard",
      }),
      minimumIntegerDigits: minimumInteger,
      ...(maximumSignificant === undefined
        ? { minimumFractionDigits: minimumFraction, maximumFractionDigits: maximumFraction }
        : { minimumSignificantDigits: minimumSignificant, maximumSignificantDigits: maximumSignificant }),
      useGrouping: this.#grouping,
      notation: "standard",
      signDisplay: this.#sign,
      roundingIncrement: 1,
      roundingMode: "halfExpand",
      roundingPriority: "auto",
      trailingZeroDisplay: "auto",
    };
  }
}

export const NumberFormat = /* @__PURE__ */ constructorOf("NumberFormat", NumberFormatting);

function currencyOf(given: unknown, style: string): string | undefined {
  if (given === undefined) {
    if (style === "currency") throw new TypeError("Currency code is required with currency style.");
    return undefined;
  }
  const code = String(given);
  if (!/^[a-z]{3}$/i.test(code)) throw new RangeError(`Invalid currency code : ${code}`);
  return code.toUpperCase();
}

function digitsOf(
  options: Readonly<Record<string, unknown>>,
  style: string,
  currency: string | undefined,
): Digits {
  for (const [name, only] of [
    ["roundingIncrement", 1],
    ["roundingMode", "halfExpand"],
    ["roundingPriority", "auto"],
    ["trailingZeroDisplay", "auto"],
  ] as const) {
    if (options[name] !== undefined && options[name] !== only)
      throw notThere(`${name} "${String(options[name])}"`);
  }
  const count = (name: string, least: number, most: number) => {
    if (options[name] === undefined) return undefined;
    const value = Number(options[name]);
    if (!(value >= least && value <= most)) throw new RangeError(`${name} value is out of range.`);
    return Math.floor(value);
  };
  const minor = currency === undefined ? 2 : (MINOR[currency] ?? 2);
  const [usualLeast, usualMost] =
    style === "currency" ? [minor, minor] : style === "percent" ? [0, 0] : [0, 3];
  const minimumInteger = count("minimumIntegerDigits", 1, 21) ?? 1;
  const least = count("minimumFractionDigits", 0, 100);
  const most = count("maximumFractionDigits", 0, 100);
  if (least !== undefined && most !== undefined && least > most) {
    throw new RangeError("maximumFractionDigits value is out of range.");
  }
  const minimumSignificant = count("minimumSignificantDigits", 1, 21);
  const maximumSignificant = count("maximumSignificantDigits", minimumSignificant ?? 1, 21);
  return {
    minimumInteger,
    minimumFraction: least ?? Math.min(usualLeast, most ?? usualLeast),
    maximumFraction: most ?? Math.max(usualMost, least ?? usualMost),
    ...((minimumSignificant ?? maximumSignificant) !== undefined && {
      minimumSignificant: minimumSignificant ?? 1,
      maximumSignificant: maximumSignificant ?? 21,
    }),
  };
}

function groupingOf(given: unknown): string | false {
  if (given === undefined || given === "true" || given === "false") return "auto";
  if (given === true) return "always";
  if (given === false || given === null || given === 0 || given === "") return false;
  if (["always", "auto", "min2"].includes(String(given))) return String(given);
  throw new RangeError(
    `Value ${String(given)} out of range for Intl.NumberFormat options property useGrouping`,
  );
}
