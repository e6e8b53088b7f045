import type { PlannedChange } from "./aws/change-set.js";
import type { Happening } from "./aws/stack-events.js";

/** Told of what a command does while it does it. */
export interface ProvisionListener {
  started(step: string): void;
  /** @param detail one short phrase about what it made */
  finished(step: string, milliseconds: number, detail: string): void;
  failed(step: string): void;
  warned(message: string): void;
  /** One resource of a stack changed its state. */
  happened(happening: Happening): void;
}

/** Asked before anything changes. @returns whether to go on */
export type Confirm = (question: Question) => Promise<boolean>;

export interface Question {
  readonly stackName: string;
  readonly account: string;
  readonly region: string;
  readonly changes: readonly PlannedChange[];
}
