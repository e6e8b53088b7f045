/** A compiled app, as read back from its bytecode by evaluating it once on this machine. */
export interface ServiceDescription {
  readonly service: { readonly name: string; readonly description: string };
  readonly functions: readonly FunctionDescription[];
}

export interface FunctionDescription {
  readonly name: string;
  /** What the function is: answers through a response object, returns a result, or serves HTTP. */
  readonly kind: "response" | "event" | "http";
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a library needs from the machine it is loaded on, and what it offers. */
export interface LibraryReport {
  /** ELF machine, for example `x86_64` or `aarch64`. */
  readonly machine: string;
  /** Dynamic symbols defined for others, sorted. */
  readonly exports: readonly string[];
  /** Highest GLIBC symbol version needed, for example `2.25`; null when none is. */
  readonly glibc: string | null;
  /** Symbols that glibc must define, each with the version that has it. */
  readonly imports: readonly { readonly name: string; readonly glibc: string }[];
  /** Shared libraries the loader must find. */
  readonly needed: readonly string[];
  readonly execStack: boolean;
  readonly relro: boolean;
  readonly bindNow: boolean;
  /** Sections that are both writable and executable. */
  readonly writableCode: readonly string[];
  /** Where a folder of the build is named: the section, and the text from there on. */
  readonly paths: readonly { readonly section: string; readonly text: string }[];
  /** What the loader writes before the library runs. */
  readonly relocations: Relocations;
  /** File size in bytes. */
  readonly size: number;
}

/** Counts of what a loader writes into a library, by what it has to find out for it. */
export interface Relocations {
  /** Addresses of the library itself: an addition each. */
  readonly relative: number;
  /** Addresses of others' symbols: a look-up each. */
  readonly symbolic: number;
}

/** A part of the engine that a library holds only when its app can reach it. */
export interface EngineFeature {
  readonly name: string;
  /** Names of the features that it brings along. */
  readonly requires: readonly string[];
  /** Built-in modules, without `node:`. */
  readonly modules: readonly string[];
  /** Names on the global object. */
  readonly globals: readonly string[];
}

/** The platform a library is built for. */
export interface Target {
  /** Rust's name of it, for example `x86_64-unknown-linux-gnu`. */
  readonly triple: string;
  /** The oldest glibc the library must load on, for example `2.34` for Amazon Linux 2023. */
  readonly glibc: string;
}

/** A step's command, kept so that a user can repeat it by hand. */
export interface Command {
  readonly file: string;
  readonly args: readonly string[];
}

/** What goes into the bytecode beside the bundle. Paths are absolute. */
export interface CompileOptions {
  /** What stack traces call the bundle, where they cannot say more. */
  readonly bundleName: string;
  /** Source map of the bundle; its sources are named as stack traces are to name them. */
  readonly map?: string;
  /** Where to write the map for the engine to look into at the first error, instead of into the bytecode. */
  readonly table?: string;
  /** Module that formats what the console prints, for an app that uses it. */
  readonly console?: string;
}

/**
 * Turns a bundle into a native library. One implementation a place where the tools live.
 * All paths are absolute; every method rejects with a {@link BuilderError}.
 */
export interface LibraryBuilder {
  /** What the engine calls itself; bytecode of another stamp is refused at load. */
  readonly engineStamp: string;
  readonly target: Target;
  /** Symbols the library exports, and no others. */
  readonly exports: readonly string[];
  /** What the engine can leave out of a library. */
  readonly features: readonly EngineFeature[];
  /** Compiles an ES module to bytecode; without `options`, stack traces name the bundle's file and lines. */
  compile(bundle: string, bytecode: string, options?: CompileOptions): Promise<Command>;
  /** Evaluates the bytecode once, with `env` added to the environment, and asks which functions it registered. */
  describe(bytecode: string, env?: Readonly<Record<string, string>>): Promise<ServiceDescription>;
  /** Links bytecode and engine, with these features and what they bring along, into one shared library. */
  link(bytecode: string, library: string, features: readonly string[]): Promise<Command>;
  /** Links them into one program, which serves Lambda's Runtime API: the `bootstrap` of an OS-only runtime. */
  linkProgram(bytecode: string, program: string, features: readonly string[]): Promise<Command>;
  /**
   * Reads what the loader will see.
   *
   * @param appText the app's bundle: a folder of the build that the app itself names is the app's, and not reported
   */
  inspect(library: string, appText?: string): Promise<LibraryReport>;
  /** Ends what still runs and removes what the builder made for itself; safe to call more than once. */
  close(): Promise<void>;
}
