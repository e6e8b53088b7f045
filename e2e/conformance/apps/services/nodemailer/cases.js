// Mail by SMTP.
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import nodemailer from "nodemailer";

const port = Number(process.env.SMTP_PORT);
const options = { host: "127.0.0.1", port, secure: false, name: "client.example", ignoreTLS: true };
const fixed = {
  from: "Zoë <zoe@example.com>",
  to: "bob@example.com",
  date: new Date(0),
  messageId: "<fixed@example.com>",
  baseBoundary: "fixed",
};
const sent = async (message, more = {}) => {
  const { accepted, rejected, response, envelope, messageSize } = await nodemailer
    .createTransport({ ...options, ...more })
    .sendMail({ ...fixed, ...message });
  return { accepted, rejected, response, envelope, messageSize };
};
const compiled = async (message) => {
  const { message: stream } = await nodemailer
    .createTransport({ streamTransport: true, newline: "unix", buffer: true })
    .sendMail({ ...fixed, ...message });
  return stream.toString();
};

export const cases = {
  "sends text": () => sent({ subject: "hello", text: "plain text" }),
  "sends unicode": () =>
    sent({
      subject: "Grüße 🎉 und ein langer Betreff, der umgebrochen werden muss, weil er lang ist",
      text: "ä\n.\n..dots",
    }),
  "sends HTML and text": () => sent({ subject: "both", text: "text", html: "<b>html ä</b>" }),
  "sends attachments": () =>
    sent({
      subject: "files",
      text: "see",
      attachments: [
        { filename: "a.txt", content: "text" },
        { filename: "grün.bin", content: Buffer.from([0, 1, 2, 255]) },
        { filename: "stream.txt", content: Readable.from(["streamed"]) },
        { filename: "b64.txt", content: "aGVsbG8=", encoding: "base64" },
      ],
    }),
  "several recipients": () =>
    sent({
      to: ["a@example.com", "B <b@example.com>"],
      cc: "c@example.com",
      bcc: "d@example.com",
      replyTo: "r@example.com",
      subject: "many",
      text: "x",
    }),
  "some rejected": () => sent({ to: ["a@example.com", "nobody@example.com"], text: "x" }),
  "all rejected": () =>
    sent({ to: "nobody@example.com", text: "x" }).catch(({ code, responseCode, command, message }) => ({
      code,
      responseCode,
      command,
      message,
    })),
  authenticates: () => sent({ text: "x" }, { auth: { user: "zoe", pass: "secret" } }),
  "a wrong password": () =>
    sent({ text: "x" }, { auth: { user: "zoe", pass: "no" } }).catch(({ code, responseCode, command }) => ({
      code,
      responseCode,
      command,
    })),
  "too large": () =>
    sent({ text: "x".repeat(200_000) }).catch(({ code, responseCode }) => ({ code, responseCode })),
  "a pool": async () => {
    const pool = nodemailer.createTransport({ ...options, pool: true, maxConnections: 1 });
    const results = await Promise.all([1, 2, 3].map((n) => pool.sendMail({ ...fixed, text: `mail ${n}` })));
    pool.close();
    return results.map(({ response }) => response);
  },
  verifies: () => nodemailer.createTransport(options).verify(),
  "a port where nobody listens": () =>
    nodemailer
      .createTransport({ ...options, port: 1 })
      .verify()
      .catch(({ code, command }) => [code, command]),
  "compiles a message": () =>
    compiled({
      subject: "Grüße",
      text: "hello ä",
      html: '<img src="cid:x"/>',
      attachments: [{ filename: "x.png", content: Buffer.from("png"), cid: "x" }],
      headers: { "X-Own": "value" },
      priority: "high",
    }),
  "calendar events and alternatives": () =>
    compiled({
      text: "x",
      icalEvent: { method: "REQUEST", content: "BEGIN:VCALENDAR\r\nEND:VCALENDAR" },
      alternatives: [{ contentType: "text/x-web-markdown", content: "**x**" }],
      list: { help: "a@example.com", unsubscribe: { url: "http://x.example", comment: "off" } },
    }),
  "signs with DKIM": async () => {
    const { generateKeyPairSync } = await import("node:crypto");
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 1024,
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    const text = (
      await nodemailer
        .createTransport({
          streamTransport: true,
          buffer: true,
          dkim: { domainName: "example.com", keySelector: "k", privateKey },
        })
        .sendMail({ ...fixed, text: "x" })
    ).message.toString();
    return [/bh=([^;]+);/.exec(text)[1], createHash("sha1").update(text.split("\r\n\r\n")[1]).digest("hex")];
  },
  "JSON transport": async () =>
    JSON.parse(
      (
        await nodemailer
          .createTransport({ jsonTransport: true })
          .sendMail({ ...fixed, subject: "s", text: "t" })
      ).message,
    ),
};
