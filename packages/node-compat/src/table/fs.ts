import { lacking, type Builtin } from "../builtin.js";

export const fs: Builtin = {
  name: "fs",
  support: "polyfill",
  exports: lacking("only macOS can change the mode of a link", "leave it out", ["lchmod", "lchmodSync"]),
};
