import { TextDecoder } from "../web/text-coding.js";
import type { Any } from "../internal/any.js";
import type {} from "../internal/lazy.js";
import { Buffer } from "../buffer/buffer.js";

type Source = AsyncIterable<Any> | Iterable<Any>;

async function bytesOf(source: Source): Promise<Any> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) {
    chunks.push(
      typeof chunk === "string"
        ? Buffer.from(chunk)
        : ArrayBuffer.isView(chunk)
          ? toBytes(chunk)
          : new Uint8Array(chunk),
    );
  }
  return Buffer.concat(chunks);
}

function toBytes(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

export async function arrayBuffer(source: Source): Promise<ArrayBuffer> {
  const bytes = await bytesOf(source);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

export async function blob(source: Source): Promise<Blob> {
  const { Blob } = require("../web/blob.js") as { Blob: typeof globalThis.Blob };
  return new Blob([await bytesOf(source)]);
}

export function buffer(source: Source): Promise<Any> {
  return bytesOf(source);
}

export async function bytes(source: Source): Promise<Uint8Array> {
  return toBytes(await bytesOf(source));
}

export async function text(source: Source): Promise<string> {
  let whole = "";
  const decoder = new TextDecoder();
  for await (const chunk of source)
    whole += typeof chunk === "string" ? chunk : decoder.decode(chunk, { stream: true });
  return whole + decoder.decode();
}

export async function json(source: Source): Promise<Any> {
  return JSON.parse(await text(source));
}

export default { arrayBuffer, blob, buffer, text, json };
