/**
 * Records what Node answers in `expected/`. To be run with Node 22, which the library follows:
 *
 *     npx -y node@22 e2e/differential/record.mjs
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const OTHERS = ["attempt.mjs", "fixed-keys.mjs", "record.mjs"];

if (!process.version.startsWith("v22.")) {
  throw new Error(`The library follows Node 22, and this is ${process.version}.`);
}
const folder = fileURLToPath(new URL("./", import.meta.url));
const [, , only] = process.argv;
if (only === undefined) {
  mkdirSync(`${folder}expected`, { recursive: true });
  const scripts = readdirSync(folder).filter((name) => name.endsWith(".mjs") && !OTHERS.includes(name));
  // Each in a process of its own: OpenSSL keeps errors that nobody fetched for whoever asks next.
  for (const script of scripts) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(import.meta.url), script], { stdio: "inherit" });
    if (status !== 0) throw new Error(`${script} ended with ${status}.`);
  }
} else {
  const lines = [];
  const { run } = await import(`${folder}${only}`);
  await run((name, ...results) => lines.push([name, ...results].join(" => ")));
  writeFileSync(`${folder}expected/${only.replace(".mjs", ".txt")}`, `${lines.join("\n")}\n`);
}
