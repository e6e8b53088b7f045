/** A list such as `a=1,b=2`, percent-encoded, as OpenTelemetry's variables hold it. Pairs without a name are left out. */
export function keyValues(text: string | undefined): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (const pair of (text ?? "").split(",")) {
    const at = pair.indexOf("=");
    const name = decoded(pair.slice(0, Math.max(at, 0)).trim());
    if (name !== "") pairs[name] = decoded(pair.slice(at + 1).trim());
  }
  return pairs;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
