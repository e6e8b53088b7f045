import { builtins, bundle, nodeExports } from "@laconic/node-compat";
import { expect, it } from "vitest";
import { evaluate } from "./engine.js";
import { scratchApp } from "./laconic.js";

const shipped = builtins.filter(({ support }) => support === "overlay" || support === "polyfill");

/** An app that uses every built-in of the bundle by name, while it is loaded. */
function named(): string {
  const lines = shipped.map(({ name, exports: rows = {} }, index) => {
    const names = nodeExports[name]!.filter((one) => rows[one]?.support !== "unsupported");
    const imported = names.map((one) => `${one} as m${index}_${one}`).join(", ");
    const used = names.map((one) => `${JSON.stringify(one)}: typeof m${index}_${one}`).join(", ");
    return `import { ${imported} } from "node:${name}";\nfound[${JSON.stringify(name)}] = { ${used} };`;
  });
  return `const found = {};\n${lines.join("\n")}\nexport const answer = () => found;`;
}

/** Something in the same bundle has each of them evaluated as the app runs. */
const LATE = {
  require: `module.exports = () => [${shipped.map(({ name }) => `require("node:${name}")`).join(", ")}];`,
  import: `module.exports = () => [${shipped.map(({ name }) => `import("node:${name}")`).join(", ")}];`,
};

async function typesOf(files: Readonly<Record<string, string>>): Promise<unknown> {
  const app = await scratchApp(files);
  try {
    const options = { entry: app.file("app.js"), root: app.folder, outfile: app.file("out.mjs") };
    return await evaluate((await bundle(options)).code);
  } finally {
    await app.remove();
  }
}

it.each(["require", "import"] as const)(
  "a built-in is there while the app is loaded, also when a late %s has it, too",
  async (kind) => {
    const app = `import late from "./late.cjs";\nglobalThis.late = late;\n${named()}`;
    expect(await typesOf({ "app.js": app, "late.cjs": LATE[kind] })).toEqual(
      await typesOf({ "app.js": named() }),
    );
  },
);
