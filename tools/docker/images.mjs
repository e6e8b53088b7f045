import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cache } from "../../packages/engine/build/paths.mjs";

/** Debian 11: glibc 2.31 and Python 3.9, both older than what Lambda's runtimes have. */
const SUITE = "bullseye";

/** What the tests build and run in; `include` are Debian's packages beside the smallest system. */
export const IMAGES = [
  { key: "python", tag: "laconic-test/python:amd64", arch: "amd64", include: ["python3"] },
  { key: "gcc", tag: "laconic-test/gcc:amd64", arch: "amd64", include: ["gcc", "libc6-dev"] },
  { key: "pythonArm64", tag: "laconic-test/python:arm64", arch: "arm64", include: ["python3"] },
];

const imageCache = join(cache, "test-images");

/** Gives the engine an image, making it when it is not in the cache. */
export async function importImage(image, socketPath) {
  const file = makeArchive(image);
  await new Promise((resolve, reject) => {
    const options = { socketPath, method: "POST", path: "/images/load?quiet=1" };
    const asked = request(
      { ...options, headers: { "content-type": "application/x-tar" } },
      async (answer) => {
        let text = "";
        for await (const chunk of answer) text += chunk;
        // A failure comes as a line of the answer, whatever its status.
        if (answer.statusCode === 200 && !text.includes('"error"')) resolve();
        else reject(new Error(`${image.tag} cannot be loaded: ${text}`));
      },
    );
    createReadStream(file).pipe(asked.once("error", reject));
  });
}

/** The image as `docker save` would write it, in the cache; its name says what is in it. */
function makeArchive(image) {
  const { arch, include } = image;
  const file = join(imageCache, `${SUITE}-${arch}-${include.join("-")}.tar`);
  if (existsSync(file)) return file;
  console.error(`making the image of ${SUITE} for ${arch} with ${include.join(", ")} (once)`);
  mkdirSync(imageCache, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "laconic-image-"));
  try {
    const layer = join(folder, "layer.tar");
    run("tar", ["--numeric-owner", "-C", makeRootFilesystem(join(folder, "root"), image), "-cf", layer, "."]);
    describeImage(folder, image, layer);
    const draft = `${file}.${process.pid}`;
    run("tar", ["-C", folder, "-cf", draft, "manifest.json", "config.json", "layer.tar"]);
    renameSync(draft, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return file;
}

function makeRootFilesystem(root, { arch, include }) {
  const native = arch === (process.arch === "arm64" ? "arm64" : "amd64");
  bootstrap(root, arch, include, native);
  if (!native) unpackAll(root);
  rmSync(join(root, "var/cache/apt"), { recursive: true, force: true });
  return root;
}

/** Written by hand, because an import would call every image one of the engine's own architecture. */
function describeImage(folder, { tag, arch }, layer) {
  const digest = createHash("sha256").update(readFileSync(layer)).digest("hex");
  const rootfs = { type: "layers", diff_ids: [`sha256:${digest}`] };
  const config = {
    architecture: arch,
    os: "linux",
    config: { Env: ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"] },
    rootfs,
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  const manifest = [{ Config: "config.json", RepoTags: [tag], Layers: ["layer.tar"] }];
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
}

/** Another architecture's packages are only unpacked: the second stage would run them all under emulation. */
function bootstrap(root, arch, include, native) {
  const options = ["--variant=minbase", `--arch=${arch}`, `--include=${include.join(",")}`];
  run("debootstrap", [...options, ...(native ? [] : ["--foreign"]), SUITE, root, ...mirror()]);
}

function unpackAll(root) {
  const archives = join(root, "var/cache/apt/archives");
  for (const name of readdirSync(archives).filter((entry) => entry.endsWith(".deb"))) {
    // Onto the links that merge /bin and its siblings with /usr, not in place of them.
    const unpack = `dpkg-deb --fsys-tarfile "$1" | tar --extract --keep-directory-symlink --directory "$2"`;
    run("sh", ["-c", unpack, "sh", join(archives, name), root]);
  }
  rmSync(join(root, "debootstrap"), { recursive: true, force: true });
}

/** The mirror that this machine's apt uses; none on Ubuntu, where debootstrap knows Debian's own. */
function mirror() {
  const format = "$(SITE) $(ORIGIN)";
  const targets = execFileSync("apt-get", ["indextargets", "--format", format, "Created-By: Packages"], {
    encoding: "utf8",
  });
  const debian = targets.split("\n").find((line) => line.endsWith(" Debian"));
  return debian ? [debian.split(" ")[0]] : [];
}

function run(command, args) {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
}
