import { expect } from "vitest";
import type { Behaviour } from "./behaviours.js";

/** Holds an outcome against what the list says. AWS's Node client calls the frames of an error `trace`. */
export function checkBehaviour(
  { answers, responds, fails }: Behaviour,
  kind: string,
  payload: unknown,
  frames: "stackTrace" | "trace" = "stackTrace",
): void {
  if (fails) {
    expect({ kind, payload }).toMatchObject({
      kind: "error",
      payload: {
        errorType: expect.stringMatching(new RegExp(`^(${fails.errorType})$`)),
        errorMessage: expect.stringMatching(fails.errorMessage),
        [frames]: expect.any(Array),
      },
    });
  } else {
    expect({ kind, payload }).toMatchObject({ kind: "response", payload: responds ?? answers });
  }
}
