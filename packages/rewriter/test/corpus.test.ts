import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { rewrite } from "../src/index.js";
import { entries, outcomeOf, OUTCOMES, runBoth, type Answers } from "./corpus/corpus.js";

const corpus = entries();
const adopted = corpus.filter(({ result }) => result.changed);
const table = `${corpus.map(outcomeOf).join("\n")}\n`;

// FIXTURES=write makes what the rewriter does now the expectation; read the diff of it before you commit.
if (process.env["FIXTURES"] === "write") writeFileSync(OUTCOMES, table);

describe("entry files in the manner of real ones", () => {
  it("are adopted or declined as expected", () => {
    expect(table).toBe(readFileSync(OUTCOMES, "utf8"));
  });

  it.each(adopted)("$name is adopted once", ({ name, result }) => {
    const again = rewrite({ path: name, text: result.text }, { transform: "adopt" });
    expect({ changed: again.changed, codes: again.diagnostics.map(({ code }) => code) }).toEqual({
      changed: false,
      codes: ["LAC1045"],
    });
  });
});

describe("the same requests, before and after", () => {
  let answers: { before: Answers; after: Answers };
  beforeAll(() => {
    answers = runBoth(adopted);
  }, 180_000);

  it.each(adopted)("$name", ({ name }) => {
    expect(answers.before[name]).toEqual(expect.any(Array));
    expect(answers.after[name]).toEqual(answers.before[name]);
  });
});
