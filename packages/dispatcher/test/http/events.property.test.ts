import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DispatchError } from "../../src/index.js";
import { invoke } from "../functions.js";
import { echoApps } from "./echo-apps.js";
import { hostileEvents } from "./hostile.js";

describe.each(Object.entries(echoApps))("whatever the event, %s", (_kind, app) => {
  it.each(Object.entries(hostileEvents))(
    "answers one of %s with a result, or the invocation fails with an error that says why",
    async (source, events) => {
      await fc.assert(
        fc.asyncProperty(events, async (event) => {
          const outcome = await invoke(app, event).catch((error: unknown) => error);
          if (outcome instanceof Error) {
            expect(outcome).toBeInstanceOf(DispatchError);
            expect((outcome as DispatchError).code).toBe("LAC3005");
            expect((outcome as DispatchError).hint).toBeTruthy();
          } else if (source !== "no HTTP source") {
            expect([200, 400]).toContain((outcome as { statusCode: number }).statusCode);
          }
          expect(Object.keys(Object.prototype)).toEqual([]);
        }),
        { numRuns: 300 },
      );
    },
  );
});
