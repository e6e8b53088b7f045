/** For a source that knows one value a name: cookies go out under spellings that differ only in case. */
export function singleHeaders(grouped: Map<string, string[]>): Record<string, string> {
  return Object.fromEntries(
    Array.from(grouped).flatMap(([name, values]) =>
      name === "set-cookie"
        ? values.map((value, index) => [spelling(name, index), value])
        : [[name, values.join(", ")]],
    ),
  );
}

/** The index-th spelling of a name: bit n of the index makes the n-th letter a capital. */
function spelling(name: string, index: number): string {
  let bit = 0;
  return name.replace(/[a-z]/g, (letter) => ((index >> bit++) & 1 ? letter.toUpperCase() : letter));
}
