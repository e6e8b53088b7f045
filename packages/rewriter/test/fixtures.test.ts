import { rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rewrite } from "../src/index.js";
import { diagnosticsOf, fixtures, outputOf, printed, readIfThere, type Fixture } from "./fixtures.js";

// FIXTURES=write makes what the rewriter does now the expectation; read the diff of it before you commit.
const writing = process.env["FIXTURES"] === "write";

describe.each(fixtures())("$transform/$name", (fixture) => {
  const { transform, modules, input } = fixture;
  const result = rewrite(input, { transform, modules });

  if (writing) record(fixture, result.text, printed(result));

  it("gives the output", () => {
    expect(result.changed ? result.text : undefined).toBe(readIfThere(outputOf(fixture)));
  });

  it("gives the diagnostics", () => {
    expect(printed(result)).toBe(readIfThere(diagnosticsOf(fixture)) ?? "");
  });

  it("changes nothing the second time", () => {
    expect(rewrite({ path: input.path, text: result.text }, { transform }).changed).toBe(false);
  });

  it("is its edits applied to the input, and nothing else", () => {
    let text = input.text;
    for (const { start, end, newText } of [...result.edits].reverse()) {
      text = text.slice(0, start) + newText + text.slice(end);
    }
    expect(text).toBe(result.text);
  });
});

function record(fixture: Fixture, text: string, diagnostics: string): void {
  if (text === fixture.input.text) rmSync(outputOf(fixture), { force: true });
  else writeFileSync(outputOf(fixture), text);
  if (diagnostics === "") rmSync(diagnosticsOf(fixture), { force: true });
  else writeFileSync(diagnosticsOf(fixture), diagnostics);
}
