import { lacking, type Builtin } from "../builtin.js";

export const streamWeb: Builtin = {
  name: "stream/web",
  support: "overlay",
  exports: lacking("the streams of node:zlib do the same", 'use "node:zlib"', [
    "CompressionStream",
    "DecompressionStream",
  ]),
};
