/** Building the fuzzers under AddressSanitizer, and running them. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fail } from "./failure.mjs";
import { appAssembly } from "./link.mjs";
import { cargoFolders, engineRoot } from "./paths.mjs";
import { phase } from "./phase.mjs";
import { TARGETS } from "./targets.mjs";
import { zig } from "./toolchain.mjs";

/** Each fuzzer's share of the time; what goes through the C ABI is most of it. */
const SHARES = { requests: 0.7, bytecode: 0.15, positions: 0.15 };

/** The fuzzers, by what they put in. */
export const FUZZERS = Object.keys(SHARES);

/** Bytes of an input at most: the bytecode file whole, and some more. */
const LARGEST = 16384;

/** libFuzzer's instrumentation, as cargo-fuzz turns it on. */
const COVERAGE = [
  "-Cpasses=sancov-module",
  "-Cllvm-args=-sanitizer-coverage-level=4",
  "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
  "-Cllvm-args=-sanitizer-coverage-pc-table",
  "-Cllvm-args=-sanitizer-coverage-trace-compares",
  ...["--cfg", "fuzzing"],
  "-Cforce-frame-pointers=yes",
];

/**
 * Runs every fuzzer for its share of the time.
 *
 * @param {number} seconds for all together, without the build
 * @returns {{ name: string, ok: boolean }[]} what ended without a finding, and what did not
 */
export function fuzz(seconds) {
  const folder = mkdtempSync(join(tmpdir(), "laconic-fuzz-"));
  try {
    const bytecode = compileApp(folder);
    const programs = build(bytecode);
    const corpora = seed(folder, bytecode);
    return Object.entries(SHARES).map(([name, share]) => {
      const budget = Math.max(1, Math.round(seconds * share));
      return {
        name: `fuzzing ${name}`,
        ok: run(join(programs, `fuzz-${name}`), name, corpora[name], budget),
      };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tool(...args) {
  execFileSync(join(engineRoot, "dist", TARGETS[process.arch], "laconic-engine"), args, { stdio: "inherit" });
}

/** The app with all that a build adds to it: positions, and a module that formats what the console prints. */
function compileApp(folder) {
  const module = join(engineRoot, "fuzz/app.mjs");
  const bytecode = join(folder, "app.qbc");
  const map = join(folder, "app.mjs.map");
  const lines = readFileSync(module, "utf8").split("\n");
  // Each line is where it was.
  const mappings = ["AAAA", ...lines.slice(1).map(() => "AACA")].join(";");
  writeFileSync(map, JSON.stringify({ version: 3, sources: ["app.ts"], mappings }));
  const console = join(engineRoot, "fuzz/console.mjs");
  tool("compile", module, "--output", bytecode, "--map", map, "--console", console);
  return bytecode;
}

/**
 * The app's bytecode, and the assembly that the fuzzer includes, under names that change with their content: the compiler
 * does not look at the assembly's.
 */
function keep(bytecode, folder) {
  const content = readFileSync(bytecode);
  const engine = JSON.parse(
    readFileSync(join(engineRoot, "dist", TARGETS[process.arch], "engine.json"), "utf8"),
  );
  const name = createHash("sha256")
    .update(content)
    .update(engine.features.map(({ name }) => name).join())
    .digest("hex");
  const kept = join(folder, `app-${name.slice(0, 16)}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${kept}.qbc`, content);
  writeFileSync(`${kept}.s`, appAssembly(engine, `${kept}.qbc`));
  return { LACONIC_FUZZ_BYTECODE: `${kept}.qbc`, LACONIC_FUZZ_APP: `${kept}.s` };
}

function build(bytecode) {
  phase("building the fuzzers under AddressSanitizer (several minutes when nothing is cached)");
  const target = TARGETS[process.arch];
  const folders = cargoFolders("cargo-build-fuzz");
  const flags = ["--cfg", 'getrandom_backend="linux_getrandom"', "--cfg", "laconic_system_allocator"];
  const { status, stdout, stderr } = spawnSync(
    "cargo",
    ["build", "--release", "--locked", "--package", "laconic-fuzz", "--target", target],
    {
      cwd: engineRoot,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: process.stdout.isTTY ? "inherit" : "pipe",
      env: {
        ...process.env,
        // Sanitizers are a flag that the stable compiler has and does not offer.
        RUSTC_BOOTSTRAP: "1",
        ...folders.environment,
        CARGO_ENCODED_RUSTFLAGS: [...flags, "-Zsanitizer=address", ...COVERAGE].join("\x1f"),
        CARGO_PROFILE_RELEASE_LTO: "off",
        CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
        CARGO_PROFILE_RELEASE_OPT_LEVEL: "1",
        CARGO_PROFILE_RELEASE_DEBUG: "line-tables-only",
        CARGO_PROFILE_RELEASE_DEBUG_ASSERTIONS: "true",
        [`CC_${target.replaceAll("-", "_")}`]: join(engineRoot, "fuzz/cc.sh"),
        LACONIC_FUZZ_TARGET: target,
        LACONIC_FUZZ_ZIG: zig(),
        LACONIC_FUZZ_ZIG_TARGET: target.replace("-unknown", ""),
        ...keep(bytecode, folders.target),
      },
    },
  );
  if (status !== 0) fail(`The fuzzers do not build:\n${stdout ?? ""}${stderr ?? ""}`);
  return join(folders.target, target, "release");
}

/** A first input of each kind; the fuzzer goes on from there. */
function seed(folder, bytecode) {
  const corpora = {};
  for (const name of Object.keys(SHARES)) {
    corpora[name] = join(folder, name);
    mkdirSync(corpora[name]);
  }
  const texts = [
    '{"a":[1,{"b":null}],"c":"\\u00e9"}',
    "(a+)+(?<n>b)\\k<n>$",
    "https://user@example.com:8080/a/../b?c=d#e",
    "2026-02-28T23:59:59.999Z",
    "aGVsbG8gd29ybGQ=",
    "return [1,2,3].map((x) => x * 2)",
  ];
  for (let choice = 0; choice < 28; choice++) {
    const text = Buffer.from(texts[choice % texts.length]);
    writeFileSync(join(corpora.requests, `${choice}`), Buffer.concat([Buffer.from([choice, 255]), text]));
  }
  const app = readFileSync(bytecode);
  writeFileSync(join(corpora.bytecode, "app"), app);
  writeFileSync(join(corpora.bytecode, "half"), app.subarray(0, app.length / 2));
  writeFileSync(join(corpora.positions, "mappings"), "AAAA,IACE;;ACDF,Q;AAGO,IAAM,QAAN,MAA6B");
  writeFileSync(join(corpora.positions, "code"), app.subarray(app.indexOf("app.mjs") - 8));
  return corpora;
}

/** What AddressSanitizer is to do. */
const SANITIZER = [
  // A refused allocation is one of the things that are tried.
  "allocator_may_return_null=1",
  // The app lives as long as the process.
  "detect_leaks=0",
  "abort_on_error=1",
  // Local variables stay on the stack: the engine takes their addresses to see how much of it is left.
  "detect_stack_use_after_return=0",
];

function run(program, name, corpus, seconds) {
  phase(`fuzzing ${name} for ${seconds} s`);
  const findings = mkdtempSync(join(tmpdir(), `laconic-finding-${name}-`));
  const dictionary = name === "requests" ? [`-dict=${join(engineRoot, "fuzz/requests.dict")}`] : [];
  const { status, stderr } = spawnSync(
    program,
    [
      corpus,
      ...dictionary,
      `-max_total_time=${seconds}`,
      "-timeout=20",
      "-rss_limit_mb=4096",
      `-max_len=${LARGEST}`,
      `-artifact_prefix=${findings}/`,
      // What the app prints.
      "-close_fd_mask=1",
      "-print_final_stats=1",
    ],
    {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      env: {
        ...process.env,
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
        ASAN_OPTIONS: SANITIZER.join(":"),
        RUST_BACKTRACE: "0",
      },
    },
  );
  const found = readdirSync(findings);
  if (status === 0 && found.length === 0) {
    rmSync(findings, { recursive: true });
    phase(`${name}: ${progress(stderr)}, no finding`);
    return true;
  }
  const account = stderr.slice(Math.max(0, stderr.search(/^.*panicked at |^==\d+==/m)));
  console.error(
    `${account.slice(0, 8000)}\nfinding of fuzz-${name}: ${found.map((file) => join(findings, file)).join(" ")}`,
  );
  return false;
}

/** How far the fuzzer came: branches of the code that its first inputs reached, and those that all of them did. */
function progress(log) {
  const branches = [...log.matchAll(/ cov: (\d+) .* corp: (\d+)/g)];
  const [, first] = branches[0] ?? [, "0"];
  const [, last, kept] = branches.at(-1) ?? [, "0", "0"];
  const executions = /stat::number_of_executed_units: (\d+)/.exec(log)?.[1] ?? "0";
  return `${executions} inputs, ${first} branches at first and ${last} at last, ${kept} inputs worth keeping`;
}
