import { execFileSync } from "node:child_process";
import {
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from "node:fs";
import { request } from "node:http";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";

/** Debian 11: glibc 2.31 and Python 3.9, both older than what Lambda's runtimes have. */
const SUITE = "bullseye";

/** What the tests build and run in; `include` are Debian's packages beside the smallest system. */
export const IMAGES = [
  { key: "python", tag: "laconic-test/python:amd64", arch: "amd64", include: ["python3"] },
  { key: "gcc", tag: "laconic-test/gcc:amd64", arch: "amd64", include: ["gcc", "libc6-dev"] },
  { key: "pythonArm64", tag: "laconic-test/python:arm64", arch: "arm64", include: ["python3"] },
];

const cache = join(
  process.env.LACONIC_CACHE ?? process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"),
  "laconic",
  "test-images",
);

/** Gives the engine an image, making it when it is not in the cache. */
export async function importImage(image, socketPath) {
  const file = makeRootFilesystem(image);
  const [repo, tag] = image.tag.split(":");
  const query = new URLSearchParams({ fromSrc: "-", repo, tag, platform: `linux/${image.arch}` });
  await new Promise((resolve, reject) => {
    const options = { socketPath, method: "POST", path: `/images/create?${query}` };
    const asked = request(
      { ...options, headers: { "content-type": "application/x-tar" } },
      async (answer) => {
        let text = "";
        for await (const chunk of answer) text += chunk;
        // A failure comes as a line of the answer, whatever its status.
        if (answer.statusCode === 200 && !text.includes('"error"')) resolve();
        else reject(new Error(`${image.tag} cannot be imported: ${text}`));
      },
    );
    createReadStream(file).pipe(asked.once("error", reject));
  });
}

/** The image's files as a tar in the cache; its name says what is in it. */
function makeRootFilesystem({ arch, include }) {
  const file = join(cache, `${SUITE}-${arch}-${include.join("-")}.tar`);
  if (existsSync(file)) return file;
  console.error(`making the image of ${SUITE} for ${arch} with ${include.join(", ")} (once)`);
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), "laconic-image-"));
  try {
    const root = join(folder, "root");
    const native = arch === (process.arch === "arm64" ? "arm64" : "amd64");
    bootstrap(root, arch, include, native);
    if (!native) unpackAll(root);
    rmSync(join(root, "var/cache/apt"), { recursive: true, force: true });
    const draft = `${file}.${process.pid}`;
    run("tar", ["--numeric-owner", "-C", root, "-cf", draft, "."]);
    renameSync(draft, file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return file;
}

/** Another architecture's packages are only unpacked: the second stage would run them all under emulation. */
function bootstrap(root, arch, include, native) {
  const options = ["--variant=minbase", `--arch=${arch}`, `--include=${include.join(",")}`];
  run("debootstrap", [...options, ...(native ? [] : ["--foreign"]), SUITE, root, mirror()]);
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

/** The mirror that this machine's apt uses. */
function mirror() {
  const format = "$(SITE) $(ORIGIN)";
  const targets = execFileSync("apt-get", ["indextargets", "--format", format, "Created-By: Packages"], {
    encoding: "utf8",
  });
  const debian = targets.split("\n").find((line) => line.endsWith(" Debian"));
  if (!debian) throw new Error("apt has no source of Debian's, from which the images could be made");
  return debian.split(" ")[0];
}

function run(command, args) {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
}
