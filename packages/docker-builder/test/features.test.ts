import { describe, expect, it } from "vitest";
import { selectFeatures, type AppReach, type EngineFeature } from "../src/index.js";

const feature = (name: string, rest: Partial<EngineFeature> = {}): EngineFeature => ({
  name,
  requires: [],
  modules: [],
  globals: [],
  ...rest,
});

const features = [
  feature("buffer", { modules: ["buffer"], globals: ["Buffer", "atob"] }),
  feature("fetch", { requires: ["http"], globals: ["fetch"] }),
  feature("http", { requires: ["buffer"], globals: ["Request"] }),
  feature("intl", { globals: ["Intl"] }),
  feature("zlib", { requires: ["buffer"], modules: ["zlib"] }),
];

function reaching(rest: Partial<AppReach> = {}): AppReach {
  return { modules: new Set(), globals: new Set(), ...rest };
}

describe("selectFeatures", () => {
  it("takes none for an app that reaches nothing", () => {
    expect(selectFeatures(features, reaching({ globals: new Set(["Map"]) }))).toEqual([]);
  });

  it("takes what a module or a global belongs to", () => {
    const reach = { modules: new Set(["buffer"]), globals: new Set(["Intl"]) };
    expect(selectFeatures(features, reaching(reach))).toEqual(["buffer", "intl"]);
  });

  it("takes what these bring along, in the engine's order", () => {
    expect(selectFeatures(features, reaching({ globals: new Set(["fetch"]) }))).toEqual([
      "buffer",
      "fetch",
      "http",
    ]);
  });

  it("adds what the user names", () => {
    expect(selectFeatures(features, reaching({ globals: new Set(["Intl"]) }), ["zlib"])).toEqual([
      "buffer",
      "intl",
      "zlib",
    ]);
    expect(selectFeatures(features, reaching(), ["all"])).toEqual(features.map(({ name }) => name));
  });

  it("refuses a name that the engine does not know, and says which it knows", () => {
    expect(() => selectFeatures(features, reaching(), ["zlib", "tls"])).toThrow(
      expect.objectContaining({
        code: "LAC5009",
        message: 'The engine has no feature "tls".',
        hint: expect.stringContaining("buffer, fetch, http, intl, zlib"),
      }),
    );
  });
});
