import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa, type ExecaError } from "execa";
import type {
  Command,
  CompileOptions,
  LibraryBuilder,
  LibraryReport,
  ServiceDescription,
  Target,
} from "./builder.js";
import { embed } from "./embed.js";
import { readEngine, type Engine } from "./engine.js";
import { parse, runTool } from "./engine-tool.js";
import { BuilderError } from "./errors.js";
import { provideZig } from "./zig.js";

export interface LocalToolchainOptions {
  /** Folder of the engine's files for the target. */
  readonly engine: string;
  /** Folder that outlives builds, for the linker. */
  readonly cache: string;
  /** The oldest glibc that the library must load on; default 2.34, which Amazon Linux 2023 has. */
  readonly glibc?: string;
  /** Told in one line when something slow begins. */
  readonly onProgress?: (line: string) => void;
}

/** The glibc that the linker is given: older than that of every runtime which Lambda still offers. */
const LINKED_GLIBC = "2.26";

/** Builds with the engine's own tools and zig on this machine. */
export async function localToolchain(options: LocalToolchainOptions): Promise<LibraryBuilder> {
  const { glibc = "2.34", onProgress = () => {} } = options;
  const engine = await readEngine(options.engine);
  const zig = await provideZig(options.cache, onProgress);
  return new LocalToolchain(engine, zig, { triple: engine.target, glibc });
}

class LocalToolchain implements LibraryBuilder {
  constructor(
    private readonly engine: Engine,
    private readonly zig: string,
    readonly target: Target,
  ) {}

  get engineStamp(): string {
    return this.engine.stamp;
  }

  get exports(): readonly string[] {
    return this.engine.exports;
  }

  async compile(bundle: string, bytecode: string, options?: CompileOptions): Promise<Command> {
    const command = {
      file: this.engine.tool,
      args: ["compile", bundle, "--output", bytecode, ...compileArgs(options), "--json-errors"],
    };
    await runTool(command, "LAC5003", "The bundle does not compile to bytecode");
    return command;
  }

  async describe(bytecode: string, env: Readonly<Record<string, string>> = {}): Promise<ServiceDescription> {
    const command = { file: this.engine.tool, args: ["describe", bytecode, "--json-errors"] };
    const output = await runTool(command, "LAC5004", "The app fails while it is loaded", env);
    return parse<ServiceDescription>(output, command);
  }

  async inspect(library: string): Promise<LibraryReport> {
    const command = { file: this.engine.tool, args: ["inspect", library] };
    return parse<LibraryReport>(await runTool(command, "LAC5007", "The library cannot be read"), command);
  }

  async link(bytecode: string, library: string): Promise<Command> {
    const folder = await mkdtemp(join(tmpdir(), "laconic-link-"));
    try {
      const assembly = join(folder, "app.s");
      await writeFile(assembly, embed(bytecode, await readFile(bytecode)));
      const command = { file: this.zig, args: this.linkArgs(assembly, library) };
      await execa(command.file, command.args).catch((cause: ExecaError) => {
        throw new BuilderError("LAC5005", `The linker failed: ${cause.shortMessage}`, {
          ...(cause.stderr && { frame: String(cause.stderr) }),
          cause,
        });
      });
      return command;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  private linkArgs(assembly: string, library: string): string[] {
    const { archive, versionScript, linkArgs } = this.engine;
    return [
      "cc",
      "-target",
      `${zigTarget(this.target.triple)}.${LINKED_GLIBC}`,
      "-shared",
      "-o",
      library,
      assembly,
      archive,
      `-Wl,--version-script=${versionScript}`,
      ...linkArgs,
    ];
  }
}

function compileArgs(options: CompileOptions | undefined): string[] {
  if (!options) return [];
  const { bundleName: name, map, table, console } = options;
  return Object.entries({ name, map, table, console }).flatMap(([flag, value]) =>
    value === undefined ? [] : [`--${flag}`, value],
  );
}

/** Zig names no vendor: `x86_64-linux-gnu` for Rust's `x86_64-unknown-linux-gnu`. */
function zigTarget(triple: string): string {
  const [machine, , system, abi] = triple.split("-");
  return [machine, system, abi].join("-");
}
