import { createHash } from "node:crypto";
import { PassThrough } from "node:stream";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { TarArchive, ZipArchive } from "archiver";
import JSZip from "jszip";

const date = new Date("2024-02-29T12:00:00Z");

async function archived(Archive, options, fill) {
  const archive = new Archive(options);
  const sink = archive.pipe(new PassThrough());
  const bytes = buffer(sink);
  await fill(archive);
  await archive.finalize();
  return [await bytes, archive.pointer()];
}

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");

export const cases = {
  "a zip that is stored": async () => {
    const [bytes, pointer] = await archived(ZipArchive, { store: true }, (archive) => {
      archive.append("hello", { name: "a.txt", date });
      archive.append(Buffer.from([0, 1, 255]), { name: "b/c.bin", date, mode: 0o600 });
    });
    return [digest(bytes), pointer];
  },
  "a zip that is compressed": async () => {
    const [bytes] = await archived(ZipArchive, { zlib: { level: 9 } }, (archive) => {
      archive.append("hello ".repeat(500), { name: "a.txt", date });
    });
    const zip = await JSZip.loadAsync(bytes);
    return [(await zip.file("a.txt").async("string")).length, bytes.length < 300];
  },
  "a stream as an entry": async () => {
    const [bytes] = await archived(ZipArchive, {}, (archive) => {
      const source = new PassThrough();
      archive.append(source, { name: "s.txt", date });
      source.end("streamed");
    });
    return (await JSZip.loadAsync(bytes)).file("s.txt").async("string");
  },
  "a tar": async () => {
    const [bytes] = await archived(TarArchive, {}, (archive) => {
      archive.append("hello", { name: "a.txt", date });
      archive.append("", { name: "empty.txt", date });
    });
    return [bytes.length, digest(bytes)];
  },
  "a tar in gzip": async () => {
    const [bytes] = await archived(TarArchive, { gzip: true }, (archive) => {
      archive.append("hello", { name: "a.txt", date });
    });
    return digest(gunzipSync(bytes));
  },
  "tells of entries": async () => {
    const seen = [];
    await archived(ZipArchive, {}, (archive) => {
      archive.on("entry", ({ name, sourceType }) => seen.push([name, sourceType]));
      archive.on("progress", ({ entries }) => seen.push(entries.processed));
      archive.append("1", { name: "one", date });
      archive.append("2", { name: "two", date });
    });
    return seen;
  },
  "refuses an entry without a name": () =>
    new Promise((resolve) => {
      const archive = new ZipArchive();
      archive.on("error", ({ code, message }) => resolve([code, message]));
      archive.append("x", {});
    }),
};
