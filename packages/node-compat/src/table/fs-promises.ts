import { lacking, type Builtin } from "../builtin.js";

export const fsPromises: Builtin = {
  name: "fs/promises",
  support: "polyfill",
  exports: lacking("only macOS can change the mode of a link", "leave it out", ["lchmod"]),
};
