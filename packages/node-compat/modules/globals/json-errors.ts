// V8's words for text that is not JSON. Frameworks send them to their clients, and clients compare them.

const EXCERPT = 10;
const WHOLE_UP_TO = 40;

/**
 * @param text that `JSON.parse` refused
 * @returns the message that V8 gives for it, undefined when this scanner finds nothing wrong
 */
export function jsonErrorMessage(text: string): string | undefined {
  const scanner = new Scanner(text);
  try {
    scanner.document();
    return undefined;
  } catch (error) {
    if (error instanceof Found) return error.message;
    throw error;
  }
}

/** Ends the scan; its message is the result. */
class Found {
  constructor(readonly message: string) {}
}

class Scanner {
  #at = 0;

  constructor(private readonly text: string) {}

  document(): void {
    this.#value();
    this.#space();
    if (this.#at < this.text.length) this.#fail("Unexpected non-whitespace character after JSON");
  }

  #value(): void {
    this.#space();
    const letter = this.text[this.#at];
    if (letter === "{") this.#object();
    else if (letter === "[") this.#array();
    else if (letter === '"') this.#string();
    else if (letter === "-" || isDigit(letter)) this.#number();
    else this.#word(letter);
  }

  #object(): void {
    this.#at++;
    this.#space();
    if (this.#take("}")) return;
    if (this.text[this.#at] !== '"') this.#fail("Expected property name or '}' in JSON");
    for (;;) {
      this.#string();
      this.#space();
      if (!this.#take(":")) this.#fail("Expected ':' after property name in JSON");
      this.#value();
      this.#space();
      if (this.#take("}")) return;
      if (!this.#take(",")) this.#fail("Expected ',' or '}' after property value in JSON");
      this.#space();
      if (this.text[this.#at] !== '"') this.#fail("Expected double-quoted property name in JSON");
    }
  }

  #array(): void {
    this.#at++;
    this.#space();
    if (this.#take("]")) return;
    for (;;) {
      this.#value();
      this.#space();
      if (this.#take("]")) return;
      if (!this.#take(",")) this.#fail("Expected ',' or ']' after array element in JSON");
    }
  }

  #string(): void {
    this.#at++;
    for (;;) {
      const letter = this.text[this.#at];
      if (letter === undefined) this.#fail("Unterminated string in JSON");
      if (letter < " ") this.#fail("Bad control character in string literal in JSON");
      this.#at++;
      if (letter === '"') return;
      if (letter === "\\") this.#escape();
    }
  }

  #escape(): void {
    const letter = this.text[this.#at];
    if (letter === undefined) throw new Found("Unexpected end of JSON input");
    if (letter === "u") {
      for (let digits = 0; digits < 4; digits++) {
        this.#at++;
        if (!/^[\da-f]$/i.test(this.text[this.#at] ?? "")) this.#fail("Bad Unicode escape in JSON");
      }
    } else if (!'"\\/bfnrt'.includes(letter)) {
      this.#fail("Bad escaped character in JSON");
    }
    this.#at++;
  }

  #number(): void {
    if (this.#take("-") && !isDigit(this.text[this.#at])) this.#fail("No number after minus sign in JSON");
    if (this.#take("0")) {
      if (isDigit(this.text[this.#at])) this.#unexpected("number");
    } else this.#digits();
    if (this.#take(".") && this.#digits() === 0) this.#fail("Unterminated fractional number in JSON");
    if (this.#take("e") || this.#take("E")) {
      if (!this.#take("+")) this.#take("-");
      if (this.#digits() === 0) this.#fail("Exponent part is missing a number in JSON");
    }
  }

  #digits(): number {
    const start = this.#at;
    while (isDigit(this.text[this.#at])) this.#at++;
    return this.#at - start;
  }

  #word(letter: string | undefined): void {
    const word = { t: "true", f: "false", n: "null" }[letter ?? ""];
    if (word === undefined) return this.#token();
    for (const expected of word) {
      if (this.text[this.#at] !== expected) this.#token();
      this.#at++;
    }
  }

  /** V8 tells of a place where it knows what it expected, and shows the text around where it does not. */
  #token(): never {
    const letter = this.text[this.#at];
    if (letter === undefined) throw new Found("Unexpected end of JSON input");
    if (letter === '"') this.#unexpected("string");
    if (letter === "-" || isDigit(letter)) this.#unexpected("number");
    if (
      this.text === "undefined" ||
      this.text === "NaN" ||
      this.text === "Infinity" ||
      this.text === "[object Object]"
    ) {
      throw new Found(`"${this.text}" is not valid JSON`);
    }
    throw new Found(`Unexpected token '${letter}', ${this.#excerpt()} is not valid JSON`);
  }

  #excerpt(): string {
    const { length } = this.text;
    if (length <= WHOLE_UP_TO) return `"${this.text}"`;
    const start = Math.max(0, this.#at - EXCERPT);
    const end = Math.min(length, this.#at + EXCERPT);
    return `${start > 0 ? "..." : ""}"${this.text.slice(start, end)}"${end < length ? "..." : ""}`;
  }

  #unexpected(what: string): never {
    throw new Found(`Unexpected ${what} in JSON ${this.#place()}`);
  }

  #fail(message: string): never {
    // At the end of the text most expectations are told alike.
    const tellsPlace =
      /^(?:Expected property name or|Expected ':'|Expected ',' or|Expected double|Unterminated|No number|Exponent|Bad Unicode)/;
    if (this.#at >= this.text.length && !tellsPlace.test(message))
      throw new Found("Unexpected end of JSON input");
    throw new Found(`${message} ${this.#place()}`);
  }

  #place(): string {
    const lines = this.text.slice(0, this.#at).split(/\r\n|[\r\n]/);
    return `at position ${this.#at} (line ${lines.length} column ${lines.at(-1)!.length + 1})`;
  }

  #space(): void {
    while (" \t\n\r".includes(this.text[this.#at] ?? "x")) this.#at++;
  }

  #take(letter: string): boolean {
    if (this.text[this.#at] !== letter) return false;
    this.#at++;
    return true;
  }
}

function isDigit(letter: string | undefined): boolean {
  return letter !== undefined && letter >= "0" && letter <= "9";
}
