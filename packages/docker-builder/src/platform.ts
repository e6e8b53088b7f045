/** Container engines' names of the platforms, by Rust's names of the same. */
const PLATFORMS: Readonly<Record<string, string>> = {
  "x86_64-unknown-linux-gnu": "linux/amd64",
  "aarch64-unknown-linux-gnu": "linux/arm64",
};

/** What a container engine calls a platform, for example `linux/arm64` for `aarch64-unknown-linux-gnu`. */
export function platformOf(triple: string): string {
  return PLATFORMS[triple] ?? triple;
}

/** Rust's name of this machine's architecture, on Linux. */
export function hostTriple(): string {
  return process.arch === "arm64" ? "aarch64-unknown-linux-gnu" : "x86_64-unknown-linux-gnu";
}

/** Rust's name of a container engine's platform; undefined for one that is not built for. */
export function tripleOf(platform: string): string | undefined {
  return Object.entries(PLATFORMS).find(([, name]) => name === platform)?.[0];
}
