/** DER (X.690), as much of it as keys and certificates are made of. */

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  set: 0x31,
} as const;

/** One element: its tag, its content, and itself whole. */
export interface Element {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly whole: Uint8Array;
}

/** Says that bytes are no DER; callers make of it what Node says. */
export class DerError extends Error {}

/** The element at the start; what follows it is left alone. */
export function readElement(bytes: Uint8Array, start = 0): Element {
  const tag = bytes[start];
  let length = bytes[start + 1];
  if (tag === undefined || length === undefined || (tag & 0x1f) === 0x1f) throw new DerError("no element");
  let at = start + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4 || at + count > bytes.length) throw new DerError("no length");
    length = 0;
    for (let index = 0; index < count; index++) length = length * 256 + bytes[at + index]!;
    at += count;
  }
  const end = at + length;
  if (end > bytes.length) throw new DerError("too short");
  return { tag, content: bytes.subarray(at, end), whole: bytes.subarray(start, end) };
}

/** The elements of a sequence or set. */
export function children({ content }: Pick<Element, "content">): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at < content.length;) {
    const element = readElement(content, at);
    elements.push(element);
    at += element.whole.length;
  }
  return elements;
}

export function expect(element: Element | undefined, tag: number): Element {
  if (element?.tag !== tag) throw new DerError("wrong tag");
  return element;
}

export function readSequence(bytes: Uint8Array): Element[] {
  return children(expect(readElement(bytes), TAG.sequence));
}

/** An integer's bytes, without the zero that keeps it positive. */
export function readInteger(element: Element | undefined): Uint8Array {
  const { content } = expect(element, TAG.integer);
  return trimmed(content);
}

export function trimmed(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  return bytes.subarray(start);
}

export function readNumber(element: Element | undefined): number {
  return readInteger(element).reduce((number, byte) => number * 256 + byte, 0);
}

/** A bit string of whole bytes. */
export function readBits(element: Element | undefined): Uint8Array {
  const { content } = expect(element, TAG.bitString);
  return content.subarray(1);
}

export function readOid(element: Element | undefined): string {
  const { content } = expect(element, TAG.oid);
  const numbers: number[] = [];
  let number = 0;
  for (const byte of content) {
    number = number * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    if (numbers.length === 0) {
      const first = Math.min(Math.floor(number / 40), 2);
      numbers.push(first, number - first * 40);
    } else {
      numbers.push(number);
    }
    number = 0;
  }
  return numbers.join(".");
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

export function element(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = concat(parts);
  const { length } = content;
  const header = [tag];
  if (length < 0x80) header.push(length);
  else {
    const bytes: number[] = [];
    for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
    header.push(0x80 | bytes.length, ...bytes);
  }
  return concat([Uint8Array.from(header), content]);
}

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => element(TAG.sequence, ...parts);
export const octetString = (bytes: Uint8Array): Uint8Array => element(TAG.octetString, bytes);
export const bitString = (bytes: Uint8Array): Uint8Array => element(TAG.bitString, Uint8Array.of(0), bytes);
export const nothing = (): Uint8Array => element(TAG.null);
/** `[number] EXPLICIT` */
export const tagged = (number: number, ...parts: readonly Uint8Array[]): Uint8Array =>
  element(0xa0 | number, ...parts);

/** An integer that is not negative. */
export function integer(value: Uint8Array | number): Uint8Array {
  if (typeof value === "number") {
    const bytes: number[] = [];
    for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
    value = Uint8Array.from(bytes.length > 0 ? bytes : [0]);
  }
  const bytes = trimmed(value);
  return bytes[0]! >= 0x80
    ? element(TAG.integer, Uint8Array.of(0), bytes)
    : element(TAG.integer, bytes.length > 0 ? bytes : Uint8Array.of(0));
}

export function oid(text: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = text.split(".").map(Number);
  const bytes: number[] = [];
  for (let number of [first * 40 + second, ...rest]) {
    const groups = [number % 128];
    for (number = Math.floor(number / 128); number > 0; number = Math.floor(number / 128)) {
      groups.unshift((number % 128) | 0x80);
    }
    bytes.push(...groups);
  }
  return element(TAG.oid, Uint8Array.from(bytes));
}
