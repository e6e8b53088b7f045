import { Buffer } from "../../buffer.js";
import { Headers } from "../headers.js";
import { Response } from "../response.js";
import { failed } from "./failure.js";

const DEFAULT_TYPE = "text/plain;charset=US-ASCII";

/** `data:text/plain;base64,SGk=` */
export function fetchData(url: string): Response {
  const match = /^data:([^,]*),([^#]*)/i.exec(url);
  if (!match) throw failed(new Error("invalid data URL"));
  const [, head = "", data = ""] = match;
  const isBase64 = /;\s*base64\s*$/i.test(head);
  const type = decodeURIComponent(head.replace(/;\s*base64\s*$/i, "").trim()) || DEFAULT_TYPE;
  const raw = percentDecode(data);
  const bytes: Uint8Array = isBase64 ? Buffer.from(raw.toString("latin1"), "base64") : raw;
  const headers = new Headers({ "content-type": type.startsWith(";") ? `text/plain${type}` : type });
  const content = { bytes, length: bytes.length, type: undefined, used: false };
  return Response.received({ status: 200, statusText: "OK", headers }, { url, redirected: false, content });
}

function percentDecode(text: string): Buffer {
  const encoded = text.replace(/%[\da-f]{2}/gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));
  return Buffer.from(encoded, "latin1");
}
