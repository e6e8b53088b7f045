import { describe, expect, it } from "vitest";
import { rewrite as built } from "../dist/index.js";
import { rewrite } from "../src/index.js";
import { fixtures } from "./fixtures.js";

// From src the whole compiler parses, from dist the trimmed copy of it.
describe("the trimmed compiler", () => {
  it.each(fixtures())("reads $transform/$name as the whole one does", ({ input, modules, transform }) => {
    const { text, diagnostics } = built(input, { transform, modules });
    expect({ text, diagnostics }).toEqual({
      text: rewrite(input, { transform, modules }).text,
      diagnostics: rewrite(input, { transform, modules }).diagnostics,
    });
  });
});
