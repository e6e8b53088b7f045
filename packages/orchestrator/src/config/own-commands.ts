/** What a command of the user's is given. */
export interface CommandContext {
  /** Path of the app's module. */
  readonly entry: string;
  readonly args: readonly string[];
  /** By name, as in `--dry-run` -> `dryRun`; `stage`, `region` and `profile` among them. */
  readonly flags: Readonly<Record<string, unknown>>;
  /** Outputs of the app's stack, by name. */
  outputs(): Promise<Readonly<Record<string, string>>>;
}

/** A command that joins `laconic` and the app's own file. */
export interface OwnCommand {
  readonly description: string;
  /** As in `<table> [rows]`; default none. */
  readonly args?: string;
  /** What each flag is for, by how it is written: `{ "--count <n>": "how many" }`. */
  readonly flags?: Readonly<Record<string, string>>;
  /** Fails by throwing. */
  readonly run: (context: CommandContext) => unknown;
}

/** What a hook over the template is told. */
export interface TemplateContext {
  readonly stage?: string;
  /** Those of `provision.flags`, by name. */
  readonly flags: Readonly<Record<string, unknown>>;
}
