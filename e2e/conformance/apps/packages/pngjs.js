import { createHash } from "node:crypto";
import { PNG } from "pngjs";

const picture = (options = {}) => {
  const png = new PNG({ width: 16, height: 8, ...options });
  for (let i = 0; i < png.data.length; i++) png.data[i] = (i * 7) & 255;
  return png;
};
const sha1 = (bytes) => createHash("sha1").update(bytes).digest("hex");

export const cases = {
  writes: () => PNG.sync.write(picture()).subarray(0, 33),
  "there and back": () => {
    const png = PNG.sync.read(PNG.sync.write(picture()));
    return [png.width, png.height, sha1(png.data)];
  },
  "colour types": () =>
    [0, 2, 4, 6].map((colorType) => {
      const png = PNG.sync.read(PNG.sync.write(picture(), { colorType }));
      return [colorType, png.colorType, sha1(png.data)];
    }),
  "16 bits": () => {
    const png = new PNG({ width: 2, height: 2, bitDepth: 16 });
    png.data = Buffer.alloc(32, 9);
    return PNG.sync.read(PNG.sync.write(png, { bitDepth: 16, inputHasAlpha: true })).depth;
  },
  filters: () =>
    [0, 1, 2, 3, 4].map((filterType) => sha1(PNG.sync.read(PNG.sync.write(picture(), { filterType })).data)),
  parses: () =>
    new Promise((resolve, reject) =>
      new PNG().parse(PNG.sync.write(picture()), (error, png) =>
        error ? reject(error) : resolve([png.width, sha1(png.data)]),
      ),
    ),
  "parses a stream": () =>
    new Promise((resolve, reject) => {
      const png = new PNG();
      png.on("metadata", ({ width, height, interlace }) => (png.seen = [width, height, interlace]));
      png.on("parsed", function () {
        resolve([this.seen, sha1(this.data)]);
      });
      png.on("error", reject);
      const bytes = PNG.sync.write(picture());
      png.write(bytes.subarray(0, 20));
      png.end(bytes.subarray(20));
    }),
  "copies parts": () => {
    const target = new PNG({ width: 4, height: 4, fill: true });
    picture().bitblt(target, 2, 2, 3, 3, 0, 0);
    return sha1(target.data);
  },
  gamma: () => {
    const png = picture();
    png.gamma = 1.8;
    png.adjustGamma();
    return sha1(png.data);
  },
  "refuses nonsense": () => PNG.sync.read(Buffer.from("no png at all, sorry")),
  "refuses a broken checksum": () => {
    const bytes = PNG.sync.write(picture());
    bytes[30] ^= 1;
    return PNG.sync.read(bytes);
  },
  "refuses a cut file": () => PNG.sync.read(PNG.sync.write(picture()).subarray(0, 50)),
};
