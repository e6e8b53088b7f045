import { Option } from "commander";
import { SHIM_CHOICES, type ShimChoice } from "./shims.js";

export interface ShimFlags {
  readonly shim?: ShimChoice;
  readonly wrapper?: boolean;
}

export function shimOption(): Option {
  return new Option(
    "--shim <shim>",
    "how Lambda reaches the app (default: laconic.config.ts, else python)",
  ).choices(SHIM_CHOICES);
}

export function wrapperOption(): Option {
  return new Option("--wrapper", "with the native shim: deploy to the Python runtime, for SnapStart");
}

/** What of the flags a build is told. */
export function shimChoice({ shim, wrapper }: ShimFlags): ShimFlags {
  return { ...(shim && { shim }), ...(wrapper && { wrapper }) };
}
