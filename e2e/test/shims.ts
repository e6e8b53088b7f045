import type { RuntimeKind } from "@laconic/bench";

/** One shim under test, and what its platform makes different from the list of behaviours. */
export interface ShimUnderTest {
  readonly shim: "python" | "native" | "node" | "proxy";
  readonly runtime: RuntimeKind;
  /** What an error's frames are called: the platform's client chooses. */
  readonly frames: "stackTrace" | "trace";
  /** Whether it sends responses while they are written. */
  readonly streams: boolean;
  /** By what the behaviour does: how it ends here, and why it cannot end as in the list. */
  readonly differences: Readonly<Record<string, { readonly kind: string; readonly because: string }>>;
}

export const shims: readonly ShimUnderTest[] = [
  { shim: "python", runtime: "python", frames: "stackTrace", streams: false, differences: {} },
  { shim: "native", runtime: "provided", frames: "stackTrace", streams: true, differences: {} },
  {
    shim: "node",
    runtime: "nodejs",
    frames: "trace",
    streams: true,
    differences: {
      "interrupts an endless loop at the deadline": {
        kind: "timeout",
        because:
          "the loop and AWS's client share Node's one thread, so nobody is left who could report it before Lambda does",
      },
    },
  },
  // The loop is in another process than AWS's client, which ends it.
  { shim: "proxy", runtime: "nodejs", frames: "trace", streams: false, differences: {} },
];
