import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join } from "node:path";
import type {
  Command,
  CompileOptions,
  EngineFeature,
  LibraryBuilder,
  LibraryReport,
  ServiceDescription,
  Target,
} from "./builder.js";
import { commandFailure } from "./command-failure.js";
import { embed } from "./embed.js";
import type { Engine } from "./engine.js";
import { parse, runTool } from "./engine-tool.js";
import type { Linker, LinkKind } from "./linker.js";
import type { Workplace } from "./workplace.js";

/** What a library is built with. */
export interface Tools {
  /** The engine of the library's platform. */
  readonly engine: Engine;
  /** Absolute path, on this machine, of the engine's tool for the workplace's platform. */
  readonly tool: string;
  readonly linker: Linker;
  readonly target: Target;
  /** Folders that the build happens in, which a library must not name: they say whose machine it was made on. */
  readonly folders: readonly string[];
}

/** The steps of a library build, the same ones wherever they run: the workplace makes the difference. */
export class Toolchain implements LibraryBuilder {
  constructor(
    private readonly tools: Tools,
    private readonly place: Workplace,
  ) {}

  get engineStamp(): string {
    return this.tools.engine.stamp;
  }

  get target(): Target {
    return this.tools.target;
  }

  get exports(): readonly string[] {
    return this.tools.engine.exports;
  }

  get features(): readonly EngineFeature[] {
    return this.tools.engine.features;
  }

  async compile(bundle: string, bytecode: string, options?: CompileOptions): Promise<Command> {
    const [module, output] = await this.paths(bundle, bytecode);
    const extras = options ? await this.compileArgs(options) : [];
    const command = await this.tool("compile", module!, "--output", output!, ...extras, "--json-errors");
    const failure = "The bundle does not compile to bytecode";
    try {
      await runTool(this.place, command, { code: "LAC5003", failure, folder: dirname(bytecode) });
    } catch (error) {
      await rm(bytecode, { force: true });
      throw error;
    }
    return this.place.asTyped(command);
  }

  async describe(bytecode: string, env: Readonly<Record<string, string>> = {}): Promise<ServiceDescription> {
    const command = await this.tool("describe", await this.place.path(bytecode), "--json-errors");
    const failure = "The app fails while it is loaded";
    return parse<ServiceDescription>(
      await runTool(this.place, command, { code: "LAC5004", failure, folder: this.place.scratch, env }),
      command,
    );
  }

  async inspect(library: string, appText = ""): Promise<LibraryReport> {
    const forbidden = this.tools.folders
      .filter((folder) => isTelling(folder) && !appText.includes(folder))
      .flatMap((folder) => ["--forbid", folder]);
    const command = await this.tool("inspect", await this.place.path(library), ...forbidden);
    const failure = "The library cannot be read";
    return parse<LibraryReport>(
      await runTool(this.place, command, { code: "LAC5007", failure, folder: this.place.scratch }),
      command,
    );
  }

  link(bytecode: string, library: string, features: readonly string[]): Promise<Command> {
    return this.linkTo("library", bytecode, library, features);
  }

  linkProgram(bytecode: string, program: string, features: readonly string[]): Promise<Command> {
    return this.linkTo("program", bytecode, program, features);
  }

  private async linkTo(
    kind: LinkKind,
    bytecode: string,
    output: string,
    features: readonly string[],
  ): Promise<Command> {
    const folder = await mkdtemp(join(this.place.scratch, "link-"));
    try {
      const assembly = join(folder, "app.s");
      const path = await this.place.path(bytecode);
      await writeFile(assembly, embed(path, await readFile(bytecode), features));
      const command = await this.linkCommand(kind, assembly, output);
      const outcome = await this.place.run(command);
      if (outcome.exitCode === 0) return this.place.asTyped(command);
      throw await commandFailure(outcome, this.place, {
        ...{ code: "LAC5005", failure: "The linker failed", command, folder: dirname(output) },
        bytes: (await stat(this.tools.engine.archive)).size,
      });
    } catch (error) {
      // A linker that is stopped leaves what it had written so far.
      await rm(output, { force: true });
      throw error;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    await this.place.close();
  }

  private async compileArgs({ bundleName, ...files }: CompileOptions): Promise<string[]> {
    const args = Object.entries(files).map(async ([flag, file]) => [
      `--${flag}`,
      await this.place.path(file),
    ]);
    return ["--name", bundleName, ...(await Promise.all(args)).flat()];
  }

  private async tool(...args: readonly string[]): Promise<Command> {
    return { file: await this.place.path(this.tools.tool), args };
  }

  private async linkCommand(kind: LinkKind, assembly: string, file: string): Promise<Command> {
    const { engine, linker, target } = this.tools;
    const files = [assembly, engine.archive, engine.versionScript, file] as const;
    const [source, archive, versionScript, output] = (await this.paths(...files)) as [
      string,
      string,
      string,
      string,
    ];
    const inputs = { kind, sources: [source], archive, versionScript, linkArgs: engine.linkArgs, output };
    const program = isAbsolute(linker.program) ? await this.place.path(linker.program) : linker.program;
    return { file: program, args: linker.args(inputs, target) };
  }

  private paths(...files: readonly string[]): Promise<string[]> {
    return Promise.all(files.map((file) => this.place.path(file)));
  }
}

/** A folder as short as `/` or `/root` may stand in an app's own text, and says nothing about the machine. */
function isTelling(folder: string): boolean {
  return folder.split("/").filter(Boolean).length > 1;
}
