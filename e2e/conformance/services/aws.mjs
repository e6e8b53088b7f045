// AWS's services as moto plays them.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { cacheFolder, madeOnce } from "@laconic/bench";
import { freePort, startServer } from "./spawned.mjs";

const run = promisify(execFile);
const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** @returns {Promise<import("../harness/services.mjs").Service>} */
export async function start() {
  const environment = await motoEnvironment();
  const port = await freePort();
  const stop = await startServer(
    join(environment, "bin/python"),
    ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)],
    port,
  );
  const endpoint = `http://127.0.0.1:${port}`;
  return {
    env: { AWS_ENDPOINT_URL: endpoint },
    async reset() {
      const { ok, status } = await fetch(`${endpoint}/moto-api/reset`, { method: "POST" });
      if (!ok) throw new Error(`moto cannot be reset: ${status}`);
      // Ids and ARNs that moto makes up must be the same on every side.
      await fetch(`${endpoint}/moto-api/seed?a=42`, { method: "POST" });
    },
    stop,
  };
}

/** A virtual environment, made on first use and found again afterwards. */
async function motoEnvironment() {
  const python = process.env["LACONIC_PYTHON"] ?? "python3";
  const { stdout } = await run(python, ["-c", "import sys; print(sys.executable, sys.version)"]);
  const hash = createHash("sha256")
    .update(stdout)
    .update(await readFile(REQUIREMENTS))
    .digest("hex")
    .slice(0, 16);
  const folder = join(cacheFolder(), `moto-${hash}`);
  await madeOnce(folder, async (draft) => {
    await run(python, ["-m", "venv", draft]);
    const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--quiet", "-r", REQUIREMENTS];
    await run(join(draft, "bin/python"), pip).catch((cause) => {
      throw new Error("moto cannot be installed from PyPI: check the network and pip's settings", { cause });
    });
  });
  return folder;
}
