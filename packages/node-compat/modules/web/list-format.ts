import type { Any } from "../internal/any.js";

const WORDS: Readonly<Record<string, string>> = { conjunction: "and", disjunction: "or", unit: "" };

/** `Intl.ListFormat` in English, the one language of the engine's Intl. */
export class ListFormat {
  readonly #options: { type: string; style: string };

  constructor(_locales?: unknown, options: Any = {}) {
    const { type = "conjunction", style = "long" } = options ?? {};
    if (!(type in WORDS)) throw new RangeError(`Value ${type} out of range for Intl.ListFormat options property type`);
    this.#options = { type, style };
  }

  format(list: Iterable<string>): string {
    return this.formatToParts(list).map(({ value }) => value).join("");
  }

  formatToParts(list: Iterable<string>): { type: "element" | "literal"; value: string }[] {
    const items = Array.from(list, (item) => {
      if (typeof item !== "string") throw new TypeError("Iterable yielded a non-String value");
      return item;
    });
    return items.flatMap((value, at) => [
      ...(at > 0 ? [{ type: "literal" as const, value: this.#between(at, items.length) }] : []),
      { type: "element" as const, value },
    ]);
  }

  resolvedOptions(): object {
    return { locale: "en-US", ...this.#options };
  }

  static supportedLocalesOf(locales: Any): string[] {
    return [locales ?? []].flat().filter((locale: string) => /^en\b/i.test(locale));
  }

  get [Symbol.toStringTag](): string {
    return "Intl.ListFormat";
  }

  /** What stands before the item of an index. */
  #between(at: number, length: number): string {
    const { type, style } = this.#options;
    if (type === "unit") return style === "narrow" ? " " : ", ";
    if (at < length - 1) return ", ";
    const word = type === "conjunction" && style === "short" ? "&" : WORDS[type]!;
    if (type === "conjunction" && style === "narrow") return ", ";
    return length === 2 ? ` ${word} ` : `, ${word} `;
  }
}
