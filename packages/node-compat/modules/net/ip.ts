const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)";
const V4 = new RegExp(`^(?:${OCTET}\\.){3}${OCTET}$`);
const GROUP = /^[\da-f]{1,4}$/i;

export function isIPv4(text: unknown): boolean {
  return V4.test(`${text as string}`);
}

export function isIPv6(text: unknown): boolean {
  const [address = "", zone, ...rest] = `${text as string}`.split("%");
  if (zone === "" || rest.length > 0) return false;
  const halves = address.split("::");
  if (halves.length > 2) return false;
  let groups = 0;
  for (const [index, half] of halves.entries()) {
    const parts = half === "" ? [] : half.split(":");
    for (const [position, part] of parts.entries()) {
      const isLast = index === halves.length - 1 && position === parts.length - 1;
      // An IPv4 address may stand for the last two groups.
      if (isLast && isIPv4(part)) groups += 2;
      else if (GROUP.test(part)) groups += 1;
      else return false;
    }
  }
  return halves.length === 2 ? groups < 8 : groups === 8;
}

/** 4, 6, or 0 for what is no IP address. */
export function isIP(text: unknown): 0 | 4 | 6 {
  if (isIPv4(text)) return 4;
  return isIPv6(text) ? 6 : 0;
}
