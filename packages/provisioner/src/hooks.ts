import type { Template } from "@awboost/cfn-template-builder/template";

/** What a user may do between Laconic's own steps. What a hook throws ends the command and is rolled back. */
export interface Hooks {
  /** Given the finished template as plain JSON; what it returns is deployed, or the same object when it returns nothing. */
  readonly template?: (template: Template) => Template | undefined | Promise<Template | undefined>;
  /** Called before and after each step. */
  readonly around?: (moment: "before" | "after", step: string) => Promise<void>;
}
