/** Rust's name of each platform that an engine is built for, by Node's name of its architecture. */
export const TARGETS = { x64: "x86_64-unknown-linux-gnu", arm64: "aarch64-unknown-linux-gnu" };

/** The same by the container engines' name of the platform. */
export const PLATFORMS = { "linux/amd64": TARGETS.x64, "linux/arm64": TARGETS.arm64 };
