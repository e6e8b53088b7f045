import { Buffer } from "node:buffer";

/** One block of a PEM text (RFC 7468), with the headers of the older, encrypted kind. */
export interface PemBlock {
  readonly label: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

const BLOCK = /-----BEGIN ([^-\r\n]+)-----[ \t]*\r?\n([^]*?)-----END \1-----/g;
const HEADER = /^([\w-]+):[ \t]*(.*)$/;

/** The blocks of a text; none when it is no PEM. */
export function readPem(text: string): PemBlock[] {
  return Array.from(text.matchAll(BLOCK), ([, label, body]) => {
    const headers: Record<string, string> = {};
    const lines = body!.split(/\r?\n/).map((line) => line.trim());
    while (lines.length > 0 && HEADER.test(lines[0]!)) {
      const [, name, value] = HEADER.exec(lines.shift()!)!;
      headers[name!] = value!;
    }
    return { label: label!, headers, bytes: Buffer.from(lines.join(""), "base64") };
  });
}

export function writePem(label: string, bytes: Uint8Array, headers: readonly string[] = []): string {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString("base64")
    .replace(/.{64}(?=.)/g, "$&\n");
  const head = headers.length > 0 ? `${headers.join("\n")}\n\n` : "";
  return `-----BEGIN ${label}-----\n${head}${body}\n-----END ${label}-----\n`;
}
