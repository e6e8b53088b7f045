// What the engine gives to the shipped modules of the web platform.

declare module "laconic:url" {
  /** The URL's text, then where its parts lie in it. */
  export type ParsedUrl = readonly [href: string, ...places: number[]];

  /** Undefined for what is no URL. */
  export function parse(text: string, base?: string): ParsedUrl | undefined;
  /** With another value for a part; what is not allowed changes nothing. */
  export function change(href: string, part: string, value: string): ParsedUrl;
  export function origin(href: string): string;
}

declare module "laconic:zones" {
  /** The name as the database writes it; undefined when there is no such time zone. */
  export function find(name: string): string | undefined;
  /** Milliseconds that are added to UTC at a time. */
  export function offset(name: string, time: number): number | undefined;
}

declare module "laconic:encodings" {
  /** The name of the encoding that a label stands for. */
  export function encodingOf(label: string): string | undefined;

  export class Decoder {
    constructor(label: string, isFatal: boolean);
    /** Undefined when the bytes are wrong and that is fatal. */
    decode(bytes: Uint8Array, isLast: boolean): string | undefined;
  }
}
