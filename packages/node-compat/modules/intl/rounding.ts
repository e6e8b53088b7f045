/** How many digits a number is shown with. */
export interface Digits {
  readonly minimumInteger: number;
  readonly minimumFraction: number;
  readonly maximumFraction: number;
  /** Set both or neither; they come before those of the fraction. */
  readonly minimumSignificant?: number;
  readonly maximumSignificant?: number;
}

export interface Rounded {
  readonly isNaN: boolean;
  readonly isInfinite: boolean;
  readonly isNegative: boolean;
  readonly isZero: boolean;
  readonly integer: string;
  readonly fraction: string;
}

/**
 * A number as decimal digits, halves away from zero. It starts from the shortest text of the number, as ICU does: 1.005
 * with two digits is 1.01.
 */
export function rounded(value: unknown, digits: Digits, isPercent: boolean): Rounded {
  const number = numeric(value);
  const isNegative = typeof number === "number" ? number < 0 || Object.is(number, -0) : number < 0n;
  const none = { isNegative, isZero: false, integer: "", fraction: "" };
  if (Number.isNaN(number)) return { ...none, isNaN: true, isInfinite: false };
  if (number === Infinity || number === -Infinity) return { ...none, isNaN: false, isInfinite: true };
  const [units, scale] = decimal(number, isPercent);
  const magnitude = units === 0n ? 1 : units.toString().length - scale;
  const kept = digits.maximumSignificant;
  // As many digits before the point as are too many become zeros.
  const zeros = kept === undefined ? 0 : Math.max(0, magnitude - kept);
  const places = kept === undefined ? digits.maximumFraction : Math.max(0, kept - magnitude);
  const shown = placed(units, scale, places - zeros) * 10n ** BigInt(zeros);
  const text = shown.toString().padStart(places + 1, "0");
  const integer = places > 0 ? text.slice(0, -places) : text;
  return {
    isNaN: false,
    isInfinite: false,
    isNegative,
    isZero: shown === 0n,
    integer: integer.padStart(digits.minimumInteger, "0"),
    fraction: trimmed(places > 0 ? text.slice(-places) : "", integer, digits),
  };
}

function numeric(value: unknown): number | bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "string" && /^\s*[+-]?\d{16,}\s*$/.test(value))
    return BigInt(value.trim().replace("+", ""));
  return Number(value);
}

/** A number's size in units of `10 ** -scale`. */
function decimal(number: number | bigint, isPercent: boolean): [units: bigint, scale: number] {
  const [mantissa = "0", exponent = "0"] = String(number).replace("-", "").split("e");
  const [integer = "", fraction = ""] = mantissa.split(".");
  const scale = fraction.length - Number(exponent) - (isPercent ? 2 : 0);
  const units = BigInt(integer + fraction);
  if (units === 0n) return [0n, 0];
  return scale >= 0 ? [units, scale] : [units * 10n ** BigInt(-scale), 0];
}

/** Units of `10 ** -scale` in those of `10 ** -places`. */
function placed(units: bigint, scale: number, places: number): bigint {
  if (scale <= places) return units * 10n ** BigInt(places - scale);
  const by = 10n ** BigInt(scale - places);
  return (units + by / 2n) / by;
}

/** Without the zeros at the end that nobody asked for. */
function trimmed(fraction: string, integer: string, digits: Digits): string {
  let least = digits.minimumFraction;
  if (digits.minimumSignificant !== undefined) {
    const zeros = /^0*/.exec(fraction)![0].length;
    // The zero of nothing counts, one before a fraction does not.
    const leading = integer !== "0" || zeros === fraction.length ? integer.length : -zeros;
    least = Math.max(0, digits.minimumSignificant - leading);
  }
  let end = fraction.length;
  while (end > least && fraction[end - 1] === "0") end--;
  return fraction.slice(0, end).padEnd(least, "0");
}
