import type { LibraryBuilder } from "./builder.js";
import { withDeadline } from "./deadline.js";
import { readEngine } from "./engine.js";
import { ccLinker, zigLinker } from "./linker.js";
import { LocalWorkplace } from "./local-workplace.js";
import { Toolchain } from "./toolchain.js";
import { readTool, type ToolchainOptions } from "./toolchain-options.js";
import { provideZig } from "./zig.js";

/**
 * Builds with the engine's own tool and a linker on this machine.
 *
 * @throws {BuilderError} LAC5001 when an engine is missing, LAC5008 when the linker is
 */
export async function localToolchain(options: ToolchainOptions): Promise<LibraryBuilder> {
  const { glibc = "2.34", linker = "zig", workspace = process.cwd(), onProgress = () => {} } = options;
  const engine = await readEngine(options.engine);
  const tool = await readTool(engine, options);
  const program =
    linker === "cc"
      ? ccLinker(process.env["CC"] || "cc")
      : zigLinker(await provideZig(options.cache, onProgress));
  const target = { triple: engine.target, glibc };
  const place = await LocalWorkplace.open(workspace, withDeadline(options.signal, options.timeoutMs));
  const folders = [workspace, place.scratch, options.cache];
  return new Toolchain({ engine, tool, linker: program, target, folders }, place);
}
