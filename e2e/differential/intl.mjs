// Dates and numbers as people write them.
const LOCALES = [
  "en-US",
  "en-GB",
  "de-DE",
  "fr-FR",
  "ja-JP",
  "es-ES",
  "it",
  "pt-BR",
  "zh-CN",
  "ko-KR",
  "sv-SE",
  "ru",
  "de-CH",
  "en-CA",
  "nl",
  "pl",
];
const MOMENTS = [1_709_644_027_045, 1_720_012_359_999, 0, -62_198_755_200_000];
const STYLES = ["full", "long", "medium", "short"];
const FIELDS = [
  undefined,
  {},
  { weekday: "long" },
  { weekday: "short", day: "numeric" },
  { year: "numeric" },
  { year: "2-digit", month: "2-digit", day: "2-digit" },
  { year: "numeric", month: "long" },
  { year: "numeric", month: "short", day: "numeric" },
  { weekday: "long", year: "numeric", month: "long", day: "numeric" },
  { month: "narrow", day: "2-digit" },
  { month: "long" },
  { day: "numeric" },
  { hour: "numeric" },
  { hour: "2-digit", minute: "2-digit" },
  { hour: "numeric", minute: "numeric", second: "numeric", hour12: true },
  { hour: "numeric", minute: "2-digit", hour12: false },
  { hour: "numeric", hourCycle: "h23", minute: "numeric" },
  { hour: "numeric", hourCycle: "h24" },
  { hour: "numeric", hourCycle: "h11" },
  { minute: "2-digit", second: "2-digit" },
  { second: "numeric", fractionalSecondDigits: 3 },
  { hour: "numeric", minute: "numeric", second: "numeric", fractionalSecondDigits: 2 },
  { fractionalSecondDigits: 1 },
  { year: "numeric", era: "short" },
  { year: "numeric", month: "long", day: "numeric", era: "long" },
  { year: "numeric", era: "narrow", month: "short" },
  { timeZoneName: "short" },
  { timeZoneName: "longOffset", year: "numeric" },
  { hour: "numeric", timeZoneName: "shortOffset" },
  { hour: "numeric", minute: "numeric", timeZoneName: "short" },
  { year: "numeric", month: "long", day: "numeric", hour: "numeric", minute: "2-digit" },
  {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  },
  { weekday: "short", hour: "numeric" },
  { weekday: "narrow", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" },
  { dateStyle: "medium", hour12: true, timeStyle: "short" },
  { timeStyle: "medium", hourCycle: "h23" },
  ...STYLES.flatMap((dateStyle) => [{ dateStyle }, ...STYLES.map((timeStyle) => ({ dateStyle, timeStyle }))]),
  ...STYLES.map((timeStyle) => ({ timeStyle })),
];
const ZONES = [
  "UTC",
  "America/New_York",
  "Asia/Kolkata",
  "Europe/Berlin",
  "Pacific/Auckland",
  "+05:30",
  "America/Los_Angeles",
];
const NUMBERS = [
  0,
  -0,
  1,
  -1.5,
  1234.5,
  12345.678,
  1e21,
  1.005,
  0.000_001,
  -98765432.1,
  NaN,
  Infinity,
  -Infinity,
  123456789012345680n,
];
const NUMBER_OPTIONS = [
  undefined,
  { minimumFractionDigits: 2 },
  { maximumFractionDigits: 0 },
  { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  { maximumSignificantDigits: 3 },
  { minimumSignificantDigits: 4 },
  { minimumIntegerDigits: 3 },
  { useGrouping: false },
  { useGrouping: "min2" },
  { style: "percent" },
  { style: "percent", maximumFractionDigits: 1 },
  { style: "currency", currency: "EUR" },
  { style: "currency", currency: "USD" },
  { style: "currency", currency: "JPY" },
  { style: "currency", currency: "USD", currencyDisplay: "code" },
  { style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" },
  { style: "currency", currency: "EUR", currencySign: "accounting" },
  { style: "currency", currency: "ABC" },
  { signDisplay: "always" },
  { signDisplay: "exceptZero" },
  { signDisplay: "never" },
];
/** Where the long names of zones are known. */
const LONG_NAMES = /^(en|de|fr|es|ja)/;

export function run(log) {
  for (const locale of LOCALES) {
    for (const [at, options] of FIELDS.entries()) {
      for (const zone of ZONES) {
        if (options?.timeStyle === "full" && zone !== "UTC" && !LONG_NAMES.test(locale)) continue;
        const all = options && { ...options, timeZone: zone };
        const label = `${locale} ${zone} ${at} ${JSON.stringify(options)}`;
        log(
          label,
          attempt(
            () => new Intl.DateTimeFormat(locale, all),
            (format) => MOMENTS.map((time) => format.format(time)),
          ),
        );
        if (zone !== ZONES[1]) continue;
        log(
          `parts ${label}`,
          attempt(
            () => new Intl.DateTimeFormat(locale, all),
            (format) => format.formatToParts(MOMENTS[0]),
          ),
        );
        log(
          `resolved ${label}`,
          attempt(
            () => new Intl.DateTimeFormat(locale, all),
            (format) => format.resolvedOptions(),
          ),
        );
        for (const method of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"]) {
          log(
            `${method} ${label}`,
            attempt(
              () => new Date(MOMENTS[1])[method](locale, all ?? { timeZone: zone }),
              (text) => text,
            ),
          );
        }
      }
    }
    numbers(log, locale);
  }
  errors(log);
  log(
    "default",
    new Date(MOMENTS[0]).toLocaleString(),
    (1234.5).toLocaleString(),
    [1234.5, new Date(0)].toLocaleString(),
  );
  log("invalid", new Date(NaN).toLocaleString(), new Date(NaN).toLocaleDateString("de"));
}

function numbers(log, locale) {
  for (const options of NUMBER_OPTIONS) {
    const label = `number ${locale} ${JSON.stringify(options)}`;
    log(
      label,
      attempt(
        () => new Intl.NumberFormat(locale, options),
        (format) => NUMBERS.map((value) => format.format(value)),
      ),
    );
    log(
      `parts ${label}`,
      attempt(
        () => new Intl.NumberFormat(locale, options),
        (format) => format.formatToParts(-1234.5),
      ),
    );
    log(
      `method ${label}`,
      attempt(
        () => NUMBERS.map((value) => value.toLocaleString(locale, options)),
        (text) => text,
      ),
    );
    log(
      `resolved ${label}`,
      attempt(
        () => new Intl.NumberFormat(locale, options),
        (format) => format.resolvedOptions(),
      ),
    );
  }
}

function errors(log) {
  for (const [label, make] of Object.entries({
    zone: () => new Intl.DateTimeFormat("en", { timeZone: "Mars/Olympus" }),
    style: () => new Intl.DateTimeFormat("en", { dateStyle: "tiny" }),
    both: () => new Intl.DateTimeFormat("en", { dateStyle: "full", year: "numeric" }),
    wrongStyle: () => new Date(0).toLocaleDateString("en", { timeStyle: "full" }),
    tag: () => new Intl.DateTimeFormat("not a tag"),
    none: () => new Intl.DateTimeFormat(null),
    options: () => new Intl.DateTimeFormat("en", null),
    date: () => new Intl.DateTimeFormat("en").format(NaN),
    fraction: () => new Intl.DateTimeFormat("en", { fractionalSecondDigits: 4 }),
    currency: () => new Intl.NumberFormat("en", { style: "currency" }),
    currencyCode: () => new Intl.NumberFormat("en", { style: "currency", currency: "EURO" }),
    digits: () => new Intl.NumberFormat("en", { maximumFractionDigits: 101 }),
    noNew: () => Intl.DateTimeFormat("en", { timeZone: "UTC" }).format(0),
    tags: () => Intl.getCanonicalLocales(["EN-us", "de-latn-de", "en-US"]),
    alias: () =>
      ["US/Pacific", "Etc/UTC", "GMT", "asia/tokyo"].map(
        (timeZone) => new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone,
      ),
    text: () => String(new Intl.DateTimeFormat("en")) + Object.prototype.toString.call(Intl),
  })) {
    log(
      `error ${label}`,
      attempt(make, (value) => (typeof value === "object" && !Array.isArray(value) ? "made" : value)),
    );
  }
}

function attempt(make, use) {
  try {
    return use(make());
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
}
