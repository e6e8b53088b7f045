// What zig, which links the engine's tool, adds to a program.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { allowedLicense } from "./policy.mjs";

/**
 * @param {string} zig absolute path of the folder that zig's program lies in, with its libraries
 * @param {string} version zig's
 * @param {string} target Rust's name of the platform
 * @returns {import("./notices.mjs").Component[]}
 */
export function zigComponents(zig, version, target) {
  const text = (file) => readFileSync(join(zig, file), "utf8").trim();
  const licensed = { version: `in zig ${version}`, source: "https://ziglang.org" };
  return [
    {
      ...licensed,
      name: "compiler-rt",
      license: allowedLicense("compiler-rt", "MIT"),
      texts: [text("LICENSE")],
    },
    {
      ...{ ...licensed, name: "LLVM libunwind", texts: [llvmLicence(zig)] },
      license: allowedLicense("LLVM libunwind", "Apache-2.0 WITH LLVM-exception"),
    },
    {
      // Its authors permit to link it with other programs and to distribute these without restriction.
      ...{
        ...licensed,
        name: "glibc's start-up code",
        license: "LGPL-2.1-or-later, with permission to link",
      },
      texts: [
        /\/\*([^]*?)\*\//.exec(text(`lib/libc/glibc/sysdeps/${target.split("-")[0]}/start.S`))[1].trim(),
      ],
    },
  ];
}

export function llvmLicence(zig) {
  return readFileSync(join(zig, "lib/libunwind/LICENSE.TXT"), "utf8").trim();
}
