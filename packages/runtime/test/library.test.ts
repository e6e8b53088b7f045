import { beforeEach, describe, expect, it, vi } from "vitest";

type Library = typeof import("../src/library.js");

let library: Library;

// One module holds one registration, so each test loads its own.
beforeEach(async () => {
  vi.resetModules();
  library = await import("../src/library.js");
});

describe("the library entry", () => {
  it("dispatches to what main() registered", () => {
    const { lambda, main, dispatch } = library;
    main("Hello", "says hello", [lambda("hello", (event: { name: string }) => `hello ${event.name}`)]);
    expect(dispatch("hello", '{"name":"x"}', "{}")).toBe('"hello x"');
    expect(dispatch("$describe", "null", "{}")).toBe(
      '{"service":{"name":"Hello","description":"says hello"},' +
        '"functions":[{"name":"hello","kind":"event","options":{}}]}',
    );
  });

  it("returns the same service as the other entry, for Node", async () => {
    const { lambda, main } = library;
    const service = main("S", "", [lambda("one", () => 1)]);
    expect(await service.handler("one")({}, {} as never)).toBe(1);
  });

  it("refuses a second main(), and stays with the first", () => {
    const { lambda, main, dispatch } = library;
    main("S", "", [lambda("one", () => 1)]);
    expect(() => main("T", "", [lambda("two", () => 2)])).toThrow(
      expect.objectContaining({ code: "LAC3111" }),
    );
    expect(dispatch("one", "{}", "{}")).toBe("1");
  });

  it("says so when nothing was registered", () => {
    expect(() => library.dispatch("one", "{}", "{}")).toThrow(expect.objectContaining({ code: "LAC3112" }));
  });

  it("has every export of the main entry", async () => {
    const index = await import("../src/index.js");
    expect(Object.keys(library).sort()).toEqual([...Object.keys(index), "dispatch"].sort());
  });
});
