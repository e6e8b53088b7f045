import { ListFormat } from "../web/list-format.js";
import { zoneGroups } from "./data.js";
import { DateTimeFormat } from "./date-time-format.js";
import { canonicalLocales } from "./locale.js";
import { NumberFormat } from "./number-format.js";

/** `Intl`, as far as the library has it. */
export const Intl: object = Object.defineProperties(
  {},
  Object.fromEntries(
    Object.entries({
      DateTimeFormat,
      NumberFormat,
      ListFormat,
      getCanonicalLocales: (locales: unknown) => canonicalLocales(locales),
      supportedValuesOf,
    }).map(([name, value]) => [name, { value, writable: true, enumerable: false, configurable: true }]),
  ),
);
Object.defineProperty(Intl, Symbol.toStringTag, { value: "Intl", configurable: true });

function supportedValuesOf(key: unknown): string[] {
  switch (String(key)) {
    case "calendar":
      return ["gregory"];
    case "numberingSystem":
      return ["latn"];
    case "timeZone":
      return (JSON.parse(zoneGroups) as string[]).flatMap((names) => names.split(" ")).sort();
    case "collation":
    case "currency":
    case "unit":
      return [];
    default:
      throw new RangeError(`Invalid key : ${String(key)}`);
  }
}
