import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

/** Colours on a terminal, unless NO_COLOR is set (no-color.org); FORCE_COLOR and an explicit wish win over both. */
export function colorsFor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
  wish: boolean | undefined,
): Colors {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  const byDefault = !NO_COLOR && (Boolean(FORCE_COLOR) || (stream.isTTY === true && TERM !== "dumb"));
  return pc.createColors(wish ?? byDefault);
}
