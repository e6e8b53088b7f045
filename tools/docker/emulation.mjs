import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

const REGISTRY = "/proc/sys/fs/binfmt_misc";
const NAME = "qemu-aarch64";

/**
 * Has the kernel run programs for arm64 with qemu, also in containers that know nothing of it.
 *
 * @returns whether it does
 */
export function emulateArm64() {
  if (process.arch === "arm64") return true;
  try {
    if (!existsSync(`${REGISTRY}/register`)) execFileSync("mount", ["-t", "binfmt_misc", "none", REGISTRY]);
    // The flag F opens the emulator now, by this machine's path, so that a container need not have it.
    if (existsSync(`${REGISTRY}/${NAME}`) && !/flags:.*F/.test(readFileSync(`${REGISTRY}/${NAME}`, "utf8"))) {
      writeFileSync(`${REGISTRY}/${NAME}`, "-1");
    }
    if (!existsSync(`${REGISTRY}/${NAME}`)) writeFileSync(`${REGISTRY}/register`, registration());
    return true;
  } catch (error) {
    const version = spawnSync("qemu-aarch64-static", ["--version"], { encoding: "utf8" }).stdout?.split(
      "\n",
    )[0];
    console.error(`arm64 cannot be emulated here (${version || "no qemu-aarch64-static"}): ${error.message}`);
    return false;
  }
}

/** Name, type, offset, the first bytes of an arm64 program and the ones that count, emulator, flags. */
function registration() {
  const magic = String.raw`\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\xb7\x00`;
  const mask = String.raw`\xff\xff\xff\xff\xff\xff\xff\x00\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff`;
  return `:${NAME}:M::${magic}:${mask}:/usr/bin/qemu-aarch64-static:OCF`;
}
