/** Bytes from the beginning that end with a whole character of UTF-8, or with what can become none. */
export function wholeUtf8(bytes: Uint8Array): number {
  const { length } = bytes;
  for (let back = 1; back <= Math.min(3, length); back++) {
    const byte = bytes[length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    if (byte < 0xc2 || byte > 0xf4) return length;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    if (needed <= back || !couldContinue(bytes, length - back, back)) return length;
    return length - back;
  }
  return length;
}

/** Whether the second byte fits the first; a sequence that is wrong already waits for nothing. */
function couldContinue(bytes: Uint8Array, start: number, count: number): boolean {
  if (count < 2) return true;
  const [first, second] = [bytes[start]!, bytes[start + 1]!];
  if (first === 0xe0) return second >= 0xa0;
  if (first === 0xed) return second < 0xa0;
  if (first === 0xf0) return second >= 0x90;
  if (first === 0xf4) return second < 0x90;
  return true;
}
