// The methods of dates and numbers that write for people; what they need is evaluated when one is first called.
import type {} from "../internal/lazy.js";
import { processZone } from "./process-zone.js";
import type { Need } from "./date-time-format.js";

const DATES: readonly (readonly [name: string, need: Need])[] = [
  ["toLocaleString", ["any", "all"]],
  ["toLocaleDateString", ["date", "date"]],
  ["toLocaleTimeString", ["time", "time"]],
];

for (const [name, need] of DATES) {
  method(Date.prototype, name, function (this: Date, locales?: unknown, options?: unknown) {
    const time = Date.prototype.getTime.call(this);
    if (Number.isNaN(time)) return "Invalid Date";
    const { dateFormat } = require("./date-time-format.js") as typeof import("./date-time-format.js");
    return kept(`${name} `, locales, options, () => dateFormat(locales, options, need)).format(time);
  });
}

method(Number.prototype, "toLocaleString", function (this: number, locales?: unknown, options?: unknown) {
  return numberText(Number.prototype.valueOf.call(this), locales, options);
});
method(BigInt.prototype, "toLocaleString", function (this: bigint, locales?: unknown, options?: unknown) {
  return numberText(BigInt.prototype.valueOf.call(this), locales, options);
});

interface Formatter {
  format(value: unknown): string;
}

function numberText(value: number | bigint, locales: unknown, options: unknown): string {
  const { NumberFormat } = require("./number-format.js") as typeof import("./number-format.js");
  return kept("number ", locales, options, () => new NumberFormat(locales, options) as Formatter).format(
    value,
  );
}

const formatters = new Map<string, Formatter>();

/** Making a formatter costs more than its use, and most programs have one. */
function kept(kind: string, locales: unknown, options: unknown, make: () => Formatter): Formatter {
  if (options !== undefined || (locales !== undefined && typeof locales !== "string")) return make();
  const key = `${kind}${locales ?? ""}${processZone()}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) formatters.set(key, (formatter = make()));
  return formatter;
}

function method(prototype: object, name: string, value: (...given: never[]) => string): void {
  Object.defineProperty(value, "name", { value: name, configurable: true });
  Object.defineProperty(value, "length", { value: 0, configurable: true });
  Object.defineProperty(prototype, name, { value, writable: true, enumerable: false, configurable: true });
}
