import * as programs from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { attempt, eventually, failure } from "./attempt.mjs";

// Programs that an app starts: the shell's own commands, which every sandbox has.

const { exec, execFile, execFileSync, execSync, spawn, spawnSync } = programs;
const env = { PATH: process.env.PATH, GREETING: "hello" };

/** All that comes of a child, its ends in their order. */
async function story(child, input) {
  const lines = [];
  const text = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) {
    child[name]?.setEncoding("utf8").on("data", (chunk) => (text[name] += chunk));
    child[name]?.on("end", () => lines.push(`${name} ends`));
  }
  for (const name of ["spawn", "exit", "error"]) {
    child.on(name, (...args) =>
      lines.push(`${name} ${args.map((arg) => (arg instanceof Error ? failure(arg) : String(arg)))}`),
    );
  }
  child.stdin?.on("error", () => {});
  if (input !== undefined) child.stdin.end(input);
  const close = await new Promise((resolve) => child.on("close", (...args) => resolve(args)));
  const isStream = (line) => line.includes("ends");
  return [...lines.filter((line) => !isStream(line)), ...lines.filter(isStream).sort(), close, text];
}

async function spawning(log) {
  const cases = {
    output: () => spawn("sh", ["-c", "echo out; echo err >&2"], { env }),
    code: () => spawn("sh", ["-c", "exit 3"], { env }),
    signal: () => spawn("sh", ["-c", "kill -TERM $$"], { env }),
    environment: () => spawn("sh", ["-c", "echo $GREETING"], { env }),
    folder: () => spawn("pwd", { cwd: "/", env }),
    "folder as a URL": () => spawn("pwd", [], { cwd: new URL("file:///usr"), env }),
    shell: () => spawn("echo $GREETING | tr a-z A-Z", { shell: true, env }),
    "shell with arguments": () => spawn("echo", ["one", "two"], { shell: "/bin/sh", env }),
    argv0: () => spawn("sh", ["-c", "echo $0"], { argv0: "named", env }),
    ignored: () => spawn("sh", ["-c", "echo out"], { stdio: ["ignore", "ignore", "pipe"], env }),
    missing: () => spawn("/nowhere/program", ["a"], { env }),
    "no folder": () => spawn("sh", [], { cwd: "/nowhere", env }),
    "not executable": () => spawn("/etc/passwd", [], { env }),
    timeout: () => spawn("sleep", ["5"], { timeout: 20, env }),
    "timeout by another signal": () => spawn("sleep", ["5"], { timeout: 20, killSignal: "SIGKILL", env }),
    aborted: () => spawn("sleep", ["5"], { signal: AbortSignal.abort(), env }),
  };
  for (const [name, start] of Object.entries(cases)) {
    const child = start();
    log(
      name,
      typeof child.pid,
      child.spawnfile,
      child.spawnargs,
      child.stdio.map((each) => each === null),
      ...(await story(child)),
    );
    log(`${name} afterwards`, child.exitCode, child.signalCode, child.killed, child.connected);
  }
  log("input", ...(await story(spawn("cat", { env }), "through a pipe")));
  const large = "x".repeat(300_000);
  const [length] = (await story(spawn("wc", ["-c"], { env }), large))
    .slice(-1)
    .map(({ stdout }) => stdout.trim());
  log("large input", length);
  const further = spawn("sh", ["-c", "echo three >&3; cat <&4"], {
    stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
    env,
  });
  further.stdio[4].end("four");
  const third = once(further.stdio[3], "data");
  log("further descriptors", String((await third)[0]), ...(await story(further)));
  const killed = spawn("sleep", ["5"], { env });
  await once(killed, "spawn");
  log(
    "killed",
    killed.kill(0),
    killed.killed,
    killed.kill("SIGINT"),
    killed.killed,
    ...(await story(killed)),
    killed.kill(),
  );
  log(
    "unknown signal",
    attempt(() => killed.kill("SIGNONE")),
    attempt(() => killed.kill(1000)),
  );
}

function refusals(log) {
  const wrong = {
    "no file": () => spawn(),
    "an empty file": () => spawn(""),
    "a number": () => spawn(1),
    "arguments as text": () => spawn("sh", "x"),
    "options as text": () => spawn("sh", [], "x"),
    "a NUL in the file": () => spawn("a\0b"),
    "a NUL in an argument": () => spawn("sh", ["a\0b"]),
    "a NUL in the environment": () => spawn("sh", [], { env: { A: "a\0b" } }),
    "a folder that is a number": () => spawn("sh", [], { cwd: 1 }),
    "a shell that is a number": () => spawn("sh", [], { shell: 1 }),
    "a uid that is text": () => spawn("sh", [], { uid: "x" }),
    "detached that is text": () => spawn("sh", [], { detached: "x" }),
    "a timeout below 0": () => spawn("sh", [], { timeout: -1 }),
    "an unknown signal": () => spawn("sh", [], { killSignal: "SIGNONE" }),
    "stdio that is nothing": () => spawn("sh", [], { stdio: "nothing" }),
    "exec without a command": () => exec(),
    "execFile with a bad callback": () => execFile("sh", [], {}, "x"),
    "maxBuffer below 0": () => execFile("sh", [], { maxBuffer: -1 }),
    "input that is a number": () => spawnSync("sh", [], { input: 1 }),
  };
  for (const [name, act] of Object.entries(wrong)) log(name, attempt(act));
}

const told = (error) => {
  if (error === null) return "null";
  const { code, killed, signal, cmd } = error;
  return [failure(error), { code, killed, signal, cmd }];
};

async function collecting(log) {
  const once = (start) => new Promise((resolve) => start((...args) => resolve(args)));
  const cases = {
    exec: (done) => exec("echo out; echo err >&2", { env }, done),
    "exec, its code": (done) => exec("echo err >&2; exit 2", { env }, done),
    "exec, a signal": (done) => exec("kill -KILL $$", { env }, done),
    "exec, no such command": (done) => exec("/nowhere/program", { env }, done),
    "exec, as bytes": (done) => exec("echo out", { encoding: "buffer", env }, done),
    "exec, in hex": (done) => exec("echo out", { encoding: "hex", env }, done),
    "exec, too long": (done) => exec("sleep 5", { timeout: 20, env }, done),
    "exec, too much": (done) => exec("echo abcdefgh", { maxBuffer: 4, env }, done),
    execFile: (done) => execFile("echo", ["a b", "$c"], { env }, done),
    "execFile, missing": (done) => execFile("/nowhere/program", ["a"], { env }, done),
    "execFile, aborted": (done) => execFile("sleep", ["5"], { signal: AbortSignal.abort("why"), env }, done),
  };
  for (const [name, start] of Object.entries(cases)) {
    const [error, stdout, stderr] = await once(start);
    log(name, told(error), stdout, stderr);
  }
  log("promised", await eventually(promisify(exec)("echo out", { env })));
  const rejected = await promisify(execFile)("sh", ["-c", "echo x; exit 4"], { env }).catch((error) => error);
  log("rejected", told(rejected), rejected.stdout, rejected.stderr);
}

function atOnce(log) {
  const shown = ({ pid, error, ...rest }) => [
    typeof pid,
    error === undefined ? "fine" : failure(error),
    rest,
  ];
  const cases = {
    output: () => spawnSync("sh", ["-c", "echo out; echo err >&2; exit 1"], { env }),
    text: () => spawnSync("cat", { input: "in ☃", encoding: "utf8", env }),
    bytes: () => spawnSync("cat", { input: new Uint16Array([0x6261]), env }),
    signal: () => spawnSync("sh", ["-c", "kill -9 $$"], { env }),
    missing: () => spawnSync("/nowhere/program", ["a"], { env }),
    timeout: () => spawnSync("sleep", ["5"], { timeout: 20, env }),
    "too much": () => spawnSync("echo", ["abcdefgh"], { maxBuffer: 4, encoding: "utf8", env }),
    ignored: () => spawnSync("echo", ["x"], { stdio: "ignore", env }),
    shell: () => spawnSync("echo $GREETING", { shell: true, encoding: "utf8", env }),
  };
  for (const [name, act] of Object.entries(cases)) log(`sync ${name}`, ...shown(act()));
  const large = spawnSync("cat", { input: Buffer.alloc(500_000, "y"), env, maxBuffer: Infinity });
  log("sync large", large.stdout.length, large.status);
  log(
    "execSync",
    attempt(() => execSync("echo $GREETING", { env })),
    attempt(() => execSync("echo x", { encoding: "utf8", env })),
  );
  for (const [name, act] of Object.entries({
    execSync: () => execSync("echo e >&2; exit 5", { stdio: "pipe", env }),
    execFileSync: () => execFileSync("sh", ["-c", "exit 6"], { stdio: "pipe", env }),
    "execFileSync missing": () => execFileSync("/nowhere/program", { env }),
  })) {
    try {
      act();
    } catch (error) {
      log(`${name} fails`, failure(error), error.status, error.signal, String(error.stderr));
    }
  }
  log(
    "execFileSync",
    attempt(() => execFileSync("echo", ["a"], { encoding: "latin1", env })),
  );
}

export async function run(log) {
  await spawning(log);
  refusals(log);
  await collecting(log);
  atOnce(log);
}
