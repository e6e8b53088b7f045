// multipart/form-data, as RFC 7578 and the fetch standard have it.
import { Buffer } from "../buffer/buffer.js";
import { TextDecoder, TextEncoder } from "./text-coding.js";
import { Blob, File, join } from "./blob.js";
import { FormData } from "./form-data.js";

const encoder = new TextEncoder();

/** @returns the form as bytes, and its media type with a boundary that no other form has */
export function encodeForm(form: FormData): { bytes: Uint8Array; type: string } {
  const digits = Math.floor(Math.random() * 1e11)
    .toString()
    .padStart(11, "0");
  const boundary = `----formdata-undici-0${digits}`;
  const pieces: Uint8Array[] = [];
  for (const [name, value] of form) {
    const start = `--${boundary}\r\nContent-Disposition: form-data; name="${quoted(withCrlf(name))}"`;
    if (typeof value === "string") {
      pieces.push(encoder.encode(`${start}\r\n\r\n${withCrlf(value)}\r\n`));
    } else {
      const type = value.type || "application/octet-stream";
      const head = `${start}; filename="${quoted(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`;
      pieces.push(encoder.encode(head), Blob.read(value), encoder.encode("\r\n"));
    }
  }
  pieces.push(encoder.encode(`--${boundary}--\r\n`));
  return { bytes: join(pieces), type: `multipart/form-data; boundary=${boundary}` };
}

/** @throws TypeError when the bytes are no form with that boundary */
export function decodeForm(bytes: Uint8Array, boundary: string | undefined): FormData {
  const form = new FormData();
  if (!boundary) throw unparsable();
  // The engine's own class where nobody brought another: its search is native code.
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const delimiter = `--${boundary}`;
  let at = content.indexOf(delimiter);
  if (at < 0) throw unparsable();
  for (;;) {
    at += delimiter.length;
    if (content.toString("latin1", at, at + 2) === "--") return form;
    const headStart = content.indexOf("\r\n", at) + 2;
    const headEnd = content.indexOf("\r\n\r\n", headStart - 2);
    const end = content.indexOf(`\r\n${delimiter}`, headEnd + 2);
    if (headStart < 2 || headEnd < 0 || end < 0) throw unparsable();
    addPart(form, content.toString("utf8", headStart, headEnd), content.subarray(headEnd + 4, end));
    at = end + 2;
  }
}

function addPart(form: FormData, head: string, content: Uint8Array): void {
  const disposition = /^content-disposition:[ \t]*form-data(;.*)$/im.exec(head)?.[1];
  const name = disposition === undefined ? undefined : parameter(disposition, "name");
  if (disposition === undefined || name === undefined) throw unparsable();
  const filename = parameter(disposition, "filename");
  if (filename === undefined) {
    form.append(name, new TextDecoder("utf-8", { ignoreBOM: true }).decode(content));
    return;
  }
  const type = /^content-type:[ \t]*(.*?)[ \t]*$/im.exec(head)?.[1] ?? "text/plain";
  form.append(name, new File([content], filename, { type }));
}

function parameter(disposition: string, name: string): string | undefined {
  const found = new RegExp(`;[ \\t]*${name}=(?:"([^"]*)"|([^;\\s]*))`, "i").exec(disposition);
  const text = found?.[1] ?? found?.[2];
  return text?.replace(/%0a/gi, "\n").replace(/%0d/gi, "\r").replace(/%22/g, '"');
}

function quoted(text: string): string {
  return text.replace(/\n/g, "%0A").replace(/\r/g, "%0D").replace(/"/g, "%22");
}

function withCrlf(text: string): string {
  return text.replace(/\r?\n|\r(?!\n)/g, "\r\n");
}

function unparsable(): TypeError {
  return new TypeError("Failed to parse body as FormData.");
}
