import { createHash } from "node:crypto";

/**
 * Assembly that makes the app's bytecode read-only data of the library, between the two symbols that the engine reads.
 *
 * @param path absolute path of the bytecode's file; the text names it, the object does not
 * @param bytecode the file's content
 */
export function embed(path: string, bytecode: Uint8Array): string {
  return [
    // zig caches an object by its assembly's text and does not look into the file that the text includes.
    `# sha256 ${createHash("sha256").update(bytecode).digest("hex")}`,
    '.section .rodata.laconic_app,"a",%progbits',
    ".balign 16",
    ".hidden laconic_app_bytecode",
    ".hidden laconic_app_bytecode_end",
    ".globl laconic_app_bytecode",
    ".globl laconic_app_bytecode_end",
    "laconic_app_bytecode:",
    `.incbin ${JSON.stringify(path)}`,
    "laconic_app_bytecode_end:",
    '.section .note.GNU-stack,"",%progbits',
    "",
  ].join("\n");
}
