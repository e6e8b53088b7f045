import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { bundle, findReach } from "../src/index.js";

const root = fileURLToPath(new URL("fixtures/supported", import.meta.url));

/** Whether the library of an app of this text holds the tables of the encodings that are not of Unicode. */
async function decodesLegacy(source: string, uses: readonly string[] = []): Promise<boolean> {
  const { code, map, inputs, globals } = await bundle({
    entry: join(root, "app.ts"),
    root,
    outfile: join(root, ".laconic", "app.mjs"),
    source,
    uses,
    usesAreKnown: uses.length > 0,
  });
  const reach = findReach({ code, map, inputs: inputs.map(({ path }) => path), provided: globals });
  return reach.modules.has("laconic:encodings");
}

describe("the encodings that are not of Unicode", () => {
  it.each([
    ["no decoder", "export default 'shift_jis';"],
    ["no label", "export default () => new TextDecoder().decode();"],
    [
      "UTF-8",
      "export default () => [new TextDecoder('utf-8', { fatal: true }), new TextDecoderStream(`UTF-16le`)];",
    ],
    ["its own response's text", "export default (response: Response) => response.text();"],
  ])("stay away for %s", async (_, source) => {
    expect(await decodesLegacy(source)).toBe(false);
  });

  it.each([
    ["a label that is one of theirs", "export default () => new TextDecoder('Shift_JIS');"],
    ["a label that is only known later", "export default (label: string) => new TextDecoder(label);"],
    ["a stream of one", "export default (label: string) => new TextDecoderStream(label);"],
    [
      "a member",
      "import * as util from 'node:util'; export default (label: string) => new util.TextDecoder(label);",
    ],
    [
      "the class under another name",
      "const Decoder = TextDecoder; export default () => new Decoder('windows-1251');",
    ],
    ["code that is made at run time", "export default (text: string) => new Function(text);"],
  ])("come along for %s", async (_, source) => {
    expect(await decodesLegacy(source)).toBe(true);
  });

  it("come along when they are asked for", async () => {
    const source = "const Decoder = TextDecoder; export default (label: string) => new Decoder(label);";
    expect(await decodesLegacy(source)).toBe(false);
    expect(await decodesLegacy(source, ["encodings"])).toBe(true);
  });
});
