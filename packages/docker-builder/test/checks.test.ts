import { describe, expect, it } from "vitest";
import { assertFits, findViolations, type LibraryReport, type Target } from "../src/index.js";

const target: Target = { triple: "x86_64-unknown-linux-gnu", glibc: "2.34" };
const exports = ["Lambda", "laconic_init"];
const good: LibraryReport = {
  machine: "x86_64",
  exports,
  glibc: "2.25",
  needed: ["libc.so.6"],
  execStack: false,
  relro: true,
  bindNow: true,
  size: 1,
};

describe("the checks after a build", () => {
  it("find nothing in a library that fits", () => {
    expect(findViolations(good, target, exports)).toEqual([]);
    expect(findViolations({ ...good, glibc: "2.34" }, target, exports)).toEqual([]);
    expect(findViolations({ ...good, glibc: null }, target, exports)).toEqual([]);
  });

  const faults: [string, Partial<LibraryReport>, RegExp][] = [
    ["a newer glibc", { glibc: "2.35" }, /GLIBC_2\.35.*2\.34/],
    ["a newer glibc of another major version", { glibc: "3.0" }, /GLIBC_3\.0/],
    ["another machine", { machine: "aarch64" }, /aarch64, not for x86_64/],
    ["a missing export", { exports: ["Lambda"] }, /does not export laconic_init/],
    ["a surplus export", { exports: [...exports, "JS_Eval"] }, /exports JS_Eval/],
    ["an executable stack", { execStack: true }, /PT_GNU_STACK/],
    ["writable relocations", { relro: false }, /PT_GNU_RELRO/],
    ["lazy binding", { bindNow: false }, /DF_BIND_NOW/],
  ];

  it.each(faults)("name %s", (_, fault, message) => {
    const [violation, ...others] = findViolations({ ...good, ...fault }, target, exports);
    expect(violation).toMatch(message);
    expect(others).toEqual([]);
  });

  it("compare versions by number, not by text", () => {
    expect(findViolations({ ...good, glibc: "2.4" }, target, exports)).toEqual([]);
  });

  it("throw one error that names everything", () => {
    const bad = { ...good, glibc: "2.38", execStack: true };
    expect(() => assertFits(bad, target, exports)).toThrow(/GLIBC_2\.38.*PT_GNU_STACK/);
  });
});
