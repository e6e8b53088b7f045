import {
  createHash,
  generateKeyPairSync,
  generatePrimeSync,
  pbkdf2,
  pbkdf2Sync,
  type KeyObject,
} from "node:crypto";
import { readFileSync } from "node:fs";
import { lambda, type LambdaFunction } from "@laconic/runtime/library";

const text = (length: number): string => "a".repeat(length);

/** Work that is one call for the app, and takes longer than any request may. */
export const endless: LambdaFunction[] = [
  lambda("derives-key", () => pbkdf2Sync("password", "salt", 1_000_000_000, 64, "sha512").length),
  lambda("derives-odd-key", () => pbkdf2Sync("password", "salt", 1_000_000_000, 64, "md5").length),
  lambda(
    "derives-key-later",
    () => new Promise((resolve) => pbkdf2("password", "salt", 1_000_000_000, 64, "sha512", resolve)),
  ),
  lambda("derives-long-key", () => pbkdf2Sync("password", "salt", 100_000, 10_000_000, "sha256").length),
  lambda("generates-keys", (): KeyObject => generateKeyPairSync("rsa", { modulusLength: 16_384 }).publicKey),
  lambda("generates-prime", () => generatePrimeSync(16_384, { safe: true }).byteLength),
  lambda("hashes-for-ever", () => {
    const hash = createHash("sha3-512");
    for (const bytes = Buffer.alloc(10_000_000); ;) hash.update(bytes);
  }),
  lambda("compiles-alternatives", () => new RegExp("a|".repeat(3_000_000)).source.length),
  lambda("compiles-class", () => {
    const characters = Array.from({ length: 100_000 }, (_, index) =>
      String.fromCodePoint(0x100 + ((index * 7) % 0xd000)),
    );
    return new RegExp(`[${characters.join("")}]`, "iu").source.length;
  }),
  lambda("evaluates-long-text", () => {
    const source = `return "${text(10_000_000)}"`;
    for (;;) new Function(source);
  }),
  lambda("trims", () => {
    const blank = " ".repeat(20_000_000);
    for (;;) blank.trim();
  }),
  lambda("normalises", () => {
    const accents = "a\u0301\u0323".repeat(300_000);
    for (;;) accents.normalize("NFC");
  }),
  lambda("reads-numbers", () => {
    const digits = "1".repeat(10_000_000);
    for (;;) parseFloat(digits);
  }),
  lambda("names-properties", () => {
    const name = text(20_000_000);
    for (let index = 0; ; index++) void ({} as Record<string, unknown>)[name + index];
  }),
  lambda("stringifies", () => {
    const list = new Array<object>(300_000).fill({ a: 1, b: "x" });
    for (;;) JSON.stringify(list);
  }),
  lambda("encodes", () => {
    const encoder = new TextEncoder();
    const long = "\u4e00".repeat(2_000_000);
    for (;;) encoder.encode(long);
  }),
  lambda("reads-random-bytes", () => readFileSync("/dev/urandom").length),
];
