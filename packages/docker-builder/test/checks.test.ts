import { describe, expect, it } from "vitest";
import { assertFits, findViolations, type LibraryReport, type Target } from "../src/index.js";

const target: Target = { triple: "x86_64-unknown-linux-gnu", glibc: "2.34" };
const exports = ["Lambda", "laconic_init"];
const good: LibraryReport = {
  machine: "x86_64",
  exports,
  glibc: "2.25",
  imports: [{ name: "fopen64", glibc: "2.25" }],
  needed: ["libc.so.6"],
  execStack: false,
  relro: true,
  bindNow: true,
  writableCode: [],
  paths: [],
  relocations: { relative: 1, symbolic: 1 },
  size: 1,
};

const needing = (glibc: string) => [{ name: "fstat64", glibc }];

describe("the checks after a build", () => {
  it("find nothing in a library that fits", () => {
    expect(findViolations(good, target, exports)).toEqual([]);
    expect(findViolations({ ...good, imports: needing("2.34") }, target, exports)).toEqual([]);
    expect(findViolations({ ...good, imports: [], glibc: null }, target, exports)).toEqual([]);
  });

  const faults: [string, Partial<LibraryReport>, RegExp][] = [
    ["a newer glibc", { imports: needing("2.35") }, /fstat64 of GLIBC_2\.35.*2\.34/],
    ["a newer glibc of another major version", { imports: needing("3.0") }, /fstat64 of GLIBC_3\.0/],
    ["another machine", { machine: "aarch64" }, /aarch64, not for x86_64/],
    ["a missing export", { exports: ["Lambda"] }, /does not export laconic_init/],
    ["a surplus export", { exports: [...exports, "JS_Eval"] }, /exports JS_Eval/],
    ["an executable stack", { execStack: true }, /PT_GNU_STACK/],
    ["writable relocations", { relro: false }, /PT_GNU_RELRO/],
    ["lazy binding", { bindNow: false }, /DF_BIND_NOW/],
    ["code that can be written over", { writableCode: [".text.hot"] }, /\.text\.hot is writable/],
    [
      "a folder of the build",
      { paths: [{ section: ".rodata", text: "/home/me/app.c" }] },
      /\.rodata: \/home\/me\/app\.c/,
    ],
  ];

  it.each(faults)("name %s", (_, fault, message) => {
    const [violation, ...others] = findViolations({ ...good, ...fault }, target, exports);
    expect(violation).toMatch(message);
    expect(others).toEqual([]);
  });

  it("compare versions by number, not by text", () => {
    expect(findViolations({ ...good, imports: needing("2.4") }, target, exports)).toEqual([]);
  });

  it("let a program export getrandom, which the C library is to call, and nothing else", () => {
    const program = { ...good, exports: ["getrandom"] };
    expect(findViolations(program, target, [])).toEqual([]);
    expect(findViolations({ ...program, exports: ["getrandom", "malloc"] }, target, [])).toEqual([
      "it exports malloc, which is not part of the ABI",
    ]);
    expect(
      findViolations({ ...good, exports: [...good.exports, "getrandom"] }, target, exports),
    ).toHaveLength(1);
  });

  it("throw one error that names everything", () => {
    const bad = { ...good, imports: needing("2.38"), execStack: true };
    expect(() => assertFits(bad, target, exports)).toThrow(/GLIBC_2\.38.*PT_GNU_STACK/);
  });
});
