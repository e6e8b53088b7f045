// Decodes requests of OTLP's metrics with OpenTelemetry's published protobuf definitions.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { pythonPrograms } from "../python-environment.mjs";

const requirements = fileURLToPath(new URL("requirements.txt", import.meta.url));
const script = fileURLToPath(new URL("decoder.py", import.meta.url));

export function startDecoder() {
  const python = join(pythonPrograms("otlp", requirements, "OpenTelemetry's protobuf definitions"), "python");
  const child = spawn(python, [script], { stdio: ["pipe", "pipe", "inherit"] });
  // Answers come in the order of the requests.
  const waiting = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const { points, error } = JSON.parse(line);
    const { resolve, reject } = waiting.shift();
    if (error === undefined) resolve(points);
    else reject(new Error(error));
  });
  child.on("exit", (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`the decoder ended (${code})`));
  });
  return {
    decode: (text) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        child.stdin.write(`${text}\n`);
      }),
    stop: () => void child.kill(),
  };
}
