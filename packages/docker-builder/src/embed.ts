/**
 * Assembly that makes the app's bytecode read-only data of the library, between the two symbols that the engine reads.
 *
 * @param bytecode absolute path of the file to embed; the text names it, the object does not
 */
export function embed(bytecode: string): string {
  return [
    '.section .rodata.laconic_app,"a",%progbits',
    ".balign 16",
    ".hidden laconic_app_bytecode",
    ".hidden laconic_app_bytecode_end",
    ".globl laconic_app_bytecode",
    ".globl laconic_app_bytecode_end",
    "laconic_app_bytecode:",
    `.incbin ${JSON.stringify(bytecode)}`,
    "laconic_app_bytecode_end:",
    '.section .note.GNU-stack,"",%progbits',
    "",
  ].join("\n");
}
