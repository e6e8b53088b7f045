import { createHash } from "node:crypto";

/**
 * Assembly of what an app adds to the engine, each part between the two symbols that the engine reads:
 * its bytecode, and a table of the engine's features. The linker drops the features that no table names.
 *
 * @param path absolute path of the bytecode's file; the text names it, the object does not
 * @param bytecode the file's content
 * @param features names of the features
 */
export function embed(path: string, bytecode: Uint8Array, features: readonly string[]): string {
  return [
    // zig caches an object by its assembly's text and does not look into the file that the text includes.
    `# sha256 ${createHash("sha256").update(bytecode).digest("hex")}`,
    '.section .rodata.laconic_app,"a",%progbits',
    ".balign 16",
    ...between("laconic_app_bytecode", [`.incbin ${JSON.stringify(path)}`]),
    // Addresses, which the loader writes before the section becomes read-only.
    '.section .data.rel.ro.laconic_app,"aw",%progbits',
    ".balign 8",
    ...features.map((name) => `.hidden ${featureSymbol(name)}`),
    ...between(
      "laconic_app_features",
      features.map((name) => `.quad ${featureSymbol(name)}`),
    ),
    '.section .note.GNU-stack,"",%progbits',
    "",
  ].join("\n");
}

function between(symbol: string, content: readonly string[]): string[] {
  const end = `${symbol}_end`;
  const declarations = [symbol, end].flatMap((name) => [`.hidden ${name}`, `.globl ${name}`]);
  return [...declarations, `${symbol}:`, ...content, `${end}:`];
}

function featureSymbol(name: string): string {
  return `laconic_feature_${name}`;
}
