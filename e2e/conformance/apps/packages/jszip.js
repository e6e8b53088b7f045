import JSZip from "jszip";

/** Its streams are of an old kind, which cannot be iterated. */
function text(stream) {
  return new Promise((resolve, reject) => {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () =>
      resolve(Buffer.concat(chunks.map((chunk) => Buffer.from(chunk))).toString("latin1")),
    );
    stream.on("error", reject);
  });
}

const date = new Date("2024-02-29T12:00:00Z");

async function sample() {
  const zip = new JSZip();
  zip.file("a.txt", "hello ".repeat(100), { date });
  zip.folder("dir").file("b.bin", new Uint8Array([0, 1, 255]), { date, binary: true });
  zip.file("grüße.txt", "ü", { date, comment: "with a comment" });
  return zip;
}

export const cases = {
  "there and back": async () => {
    const bytes = await (await sample()).generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
    const zip = await JSZip.loadAsync(bytes);
    const names = Object.keys(zip.files);
    return [
      names,
      await zip.file("a.txt").async("string"),
      [...(await zip.file("dir/b.bin").async("uint8array"))],
      zip.file("grüße.txt").comment,
    ];
  },
  stored: async () => (await (await sample()).generateAsync({ type: "base64", compression: "STORE" })).length,
  levels: async () =>
    Promise.all(
      [1, 6, 9].map(
        async (level) =>
          (
            await (
              await sample()
            ).generateAsync({ type: "uint8array", compression: "DEFLATE", compressionOptions: { level } })
          ).length,
      ),
    ),
  "as a stream": async () =>
    (await text((await sample()).generateNodeStream({ streamFiles: true }))).length > 300,
  "tells how far": async () => {
    const seen = [];
    await (
      await sample()
    ).generateAsync({ type: "string" }, ({ percent, currentFile }) => seen.push([percent > 0, currentFile]));
    return [seen.length > 0, seen.at(-1)];
  },
  filters: async () => [
    (await sample()).filter((path) => path.endsWith(".txt")).map(({ name }) => name),
    (await sample()).file(/^dir/).map(({ name }) => name),
  ],
  removes: async () => Object.keys((await sample()).remove("dir").files),
  "what is no zip": () => JSZip.loadAsync(Buffer.from("no zip")),
  "a broken checksum": async () => {
    const bytes = await (await sample()).generateAsync({ type: "nodebuffer" });
    bytes[40] ^= 0xff;
    return JSZip.loadAsync(bytes, { checkCRC32: true });
  },
  "a stream to text": async () => (await text((await sample()).file("a.txt").nodeStream())).length,
};
