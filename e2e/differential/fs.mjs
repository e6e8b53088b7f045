import fs from "node:fs";
import promises from "node:fs/promises";
import path from "node:path";
import { attempt, eventually, failure, show } from "./attempt.mjs";

let folder;
const at = (name) => path.join(folder, name);
/** Names of temporary folders differ. */
const plain = (text) => String(text).replaceAll(folder, "<folder>");

function callback(act, ...args) {
  return new Promise((resolve) =>
    act(...args, (error, ...results) => resolve(plain(error ? failure(error) : results.map(show).join()))),
  );
}

function content(log) {
  fs.writeFileSync(at("a.txt"), "hello wörld\n");
  log(
    "read",
    show(fs.readFileSync(at("a.txt"))),
    show(fs.readFileSync(at("a.txt"), "utf8")),
    show(fs.readFileSync(at("a.txt"), { encoding: "base64" })),
    show(fs.readFileSync(Buffer.from(at("a.txt")), "latin1")),
  );
  log("url", show(fs.readFileSync(new URL(`file://${at("a.txt")}`), "utf8")));
  fs.appendFileSync(at("a.txt"), "more");
  fs.appendFileSync(at("a.txt"), Buffer.from("!"));
  log("appended", show(fs.readFileSync(at("a.txt"), "utf8")));
  fs.writeFileSync(at("b.bin"), new Uint16Array([1, 2, 3]));
  fs.writeFileSync(at("b.bin"), "ff00", { encoding: "hex", flag: "a", mode: 0o600 });
  log("binary", show(fs.readFileSync(at("b.bin"))));
  const fd = fs.openSync(at("c.txt"), "w+");
  log(
    "write",
    show(fs.writeSync(fd, "0123456789")),
    show(fs.writeSync(fd, Buffer.from("ABC"), 1, 2, 4)),
    show(fs.writeSync(fd, "z", 9)),
    show(fs.writeSync(fd, "é", null, "latin1")),
  );
  const buffer = Buffer.alloc(8, 46);
  log(
    "read at",
    show(fs.readSync(fd, buffer, 2, 4, 3)),
    show(buffer),
    show(fs.readSync(fd, buffer, { position: 0, length: 3 })),
    show(buffer),
    show(fs.readSync(fd, buffer, 0, 8, 100)),
  );
  fs.ftruncateSync(fd, 5);
  log("truncated", show(fs.fstatSync(fd).size), show(fs.readFileSync(at("c.txt"), "utf8")));
  log(
    "vectors",
    show(fs.writevSync(fd, [Buffer.from("xx"), Buffer.from("yyy")], 1)),
    show(fs.readvSync(fd, [Buffer.alloc(2), Buffer.alloc(100)], 0)),
    show(fs.readFileSync(at("c.txt"), "utf8")),
  );
  fs.fsyncSync(fd);
  fs.closeSync(fd);
  fs.truncateSync(at("c.txt"), 2);
  log("truncate", show(fs.readFileSync(at("c.txt"), "utf8")));
}

function folders(log) {
  log(
    "mkdir",
    plain(fs.mkdirSync(at("x"))),
    plain(fs.mkdirSync(at("d/e/f"), { recursive: true })),
    plain(fs.mkdirSync(at("d/e/f"), { recursive: true })),
    plain(fs.mkdirSync(at("d/e/g/h/"), { recursive: true })),
  );
  for (const name of ["d/1.txt", "d/e/2.txt", "d/e/f/3.txt"]) fs.writeFileSync(at(name), name);
  fs.symlinkSync("1.txt", at("d/link"));
  log(
    "readdir",
    show(fs.readdirSync(folder).sort()),
    show(fs.readdirSync(at("d"), { recursive: true }).sort()),
    show(fs.readdirSync(at("d"), "buffer").map(String).sort()),
  );
  const entries = fs.readdirSync(at("d"), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries)
    log(
      "entry",
      entry.name,
      plain(entry.parentPath),
      String([entry.isFile(), entry.isDirectory(), entry.isSymbolicLink(), entry.isFIFO()]),
      entry.constructor.name,
    );
  log(
    "links",
    fs.readlinkSync(at("d/link")),
    plain(fs.realpathSync(at("d/../d/link"))),
    plain(fs.realpathSync.native(at("d/link"))),
    String(fs.lstatSync(at("d/link")).isSymbolicLink()),
    String(fs.statSync(at("d/link")).isFile()),
  );
  fs.linkSync(at("d/1.txt"), at("hard"));
  log(
    "hard",
    String(fs.statSync(at("hard")).nlink),
    String(fs.statSync(at("hard")).ino === fs.statSync(at("d/1.txt")).ino),
  );
  fs.renameSync(at("hard"), at("renamed"));
  log("renamed", String(fs.existsSync(at("hard"))), String(fs.existsSync(at("renamed"))));
  fs.copyFileSync(at("d/1.txt"), at("copy"));
  log(
    "copy",
    show(fs.readFileSync(at("copy"), "utf8")),
    plain(attempt(() => fs.copyFileSync(at("d/1.txt"), at("copy"), fs.constants.COPYFILE_EXCL))),
  );
  fs.cpSync(at("d"), at("copied"), { recursive: true });
  log(
    "cp",
    show(fs.readdirSync(at("copied"), { recursive: true }).sort()),
    plain(attempt(() => fs.cpSync(at("d"), at("other")))).slice(0, 60),
  );
  fs.rmSync(at("copied"), { recursive: true });
  log("rm", String(fs.existsSync(at("copied"))), show(fs.rmSync(at("nothing"), { force: true })));
  const made = fs.mkdtempSync(at("tmp-"));
  log("mkdtemp", String(/tmp-\w{6}$/.test(made)), String(fs.statSync(made).isDirectory()));
  fs.rmdirSync(made);
  const dir = fs.opendirSync(at("d/e"));
  const names = [];
  for (let entry = dir.readSync(); entry; entry = dir.readSync()) names.push(entry.name);
  dir.closeSync();
  log(
    "opendir",
    names.sort().join(),
    plain(dir.path),
    attempt(() => dir.readSync()),
  );
}

function stats(log) {
  fs.utimesSync(at("a.txt"), 1000.5, new Date(2_000_250));
  fs.chmodSync(at("a.txt"), 0o640);
  const one = fs.statSync(at("a.txt"));
  log(
    "stat",
    show([
      one.mode,
      one.size,
      one.nlink,
      one.atimeMs,
      one.mtimeMs,
      one.atime,
      one.mtime,
      one.isFile(),
      one.isDirectory(),
    ]),
    Object.keys(one).join(),
    one.constructor.name,
  );
  const exact = fs.statSync(at("a.txt"), { bigint: true });
  log(
    "bigint",
    show([exact.mode, exact.size, exact.atimeMs, exact.mtimeNs, exact.atime]),
    Object.keys(exact).join(),
    String(exact.isFile()),
  );
  log(
    "missing",
    show(fs.statSync(at("none"), { throwIfNoEntry: false })),
    plain(attempt(() => fs.lstatSync(at("a.txt/none"), { throwIfNoEntry: false }))),
  );
  log("access", show(fs.accessSync(at("a.txt"))), show(fs.accessSync(at("a.txt"), fs.constants.R_OK)));
  log("statfs", Object.keys(fs.statfsSync(folder)).join());
  fs.lutimesSync(at("d/link"), 5, 6);
  log("lutimes", show([fs.lstatSync(at("d/link")).mtimeMs, fs.lstatSync(at("d/link")).atimeMs]));
  log(
    "constants",
    show(fs.constants),
    show(fs.F_OK),
    Object.getPrototypeOf(fs.constants) === null ? "null" : "object",
  );
}

function errors(log) {
  const acts = [
    () => fs.readFileSync(at("none")),
    () => fs.renameSync(at("none"), at("none2")),
    () => fs.readFileSync(""),
    () => fs.readFileSync("a\0b"),
    () => fs.readFileSync({}),
    () => fs.readFileSync(),
    () => fs.readFileSync("/etc/passwd", "nope"),
    () => fs.readFileSync("/etc/passwd", { encoding: "nope" }),
    () => fs.openSync(at("x"), "zz"),
    () => fs.readFileSync(at("x")),
    () => fs.rmSync(at("none")),
    () => fs.rmSync(at("x")),
    () => fs.mkdirSync(at("x")),
    () => fs.mkdirSync(at("a.txt"), { recursive: true }),
    () => fs.mkdirSync(at("a.txt/y"), { recursive: true }),
    () => fs.readdirSync(at("none")),
    () => fs.readdirSync(at("a.txt")),
    () => fs.closeSync(9999),
    () => fs.closeSync(),
    () => fs.closeSync("1"),
    () => fs.writeFileSync(at("q"), 5),
    () => fs.writeFileSync(at("q"), {}),
    () => fs.writeFileSync(at("q")),
    () => fs.writeFileSync(at("none/q"), "x"),
    () => fs.accessSync(at("none")),
    () => fs.mkdirSync(at("none/a/b")),
    () => fs.copyFileSync(at("none"), at("y")),
    () => fs.symlinkSync("a", at("x")),
    () => fs.readlinkSync(at("x")),
    () => fs.mkdtempSync(at("none/x")),
    () => fs.readSync(0, "x"),
    () => fs.rmdirSync(at("none")),
    () => fs.rmdirSync(at("d")),
    () => fs.unlinkSync(at("none")),
    () => fs.truncateSync(at("none")),
    () => fs.realpathSync(at("none/x")),
    () => fs.chmodSync(at("none"), 0o777),
    () => fs.chmodSync(at("a.txt"), "9"),
    () => fs.createReadStream(),
    () => fs.createReadStream("/x", { start: 5, end: 1 }),
    () => fs.createReadStream("/x", { start: "a" }),
    () => fs.createWriteStream("/x", { start: -1 }),
    () => fs.readFile("/x"),
    () => fs.existsSync(),
    () => fs.existsSync({}),
    () => fs.utimesSync(at("a.txt"), "x", 1),
    () => fs.openSync(at("a.txt"), "wx"),
    () => fs.linkSync(at("none"), at("l")),
    () => fs.opendirSync(at("none")),
    () => fs.lstatSync(at("none")),
    () => fs.statSync(5),
    () => fs.mkdirSync(at("m"), { recursive: "yes" }),
    () => fs.writeSync(1, 5),
    () => fs.readSync(0, Buffer.alloc(2), 5),
    () => fs.readSync(0, Buffer.alloc(2), 0, 5),
    () => fs.readdirSync(at("x"), 5),
    () => fs.ftruncateSync(9999),
    () => fs.fstatSync(9999),
  ];
  acts.forEach((act, index) => log(`error ${index}`, plain(attempt(act))));
}

async function callbacks(log) {
  log(
    "readFile",
    await callback(fs.readFile, at("a.txt")),
    await callback(fs.readFile, at("a.txt"), "utf8"),
    await callback(fs.readFile, at("none")),
  );
  log(
    "writeFile",
    await callback(fs.writeFile, at("w.txt"), "via callback"),
    await callback(fs.appendFile, at("w.txt"), "+", { encoding: "utf8" }),
    await callback(fs.readFile, at("w.txt"), "utf8"),
  );
  log(
    "stat",
    await callback(fs.stat, at("none")),
    await callback(fs.access, at("a.txt")),
    await callback(fs.mkdir, at("cb/a"), { recursive: true }),
    await callback(fs.rm, at("cb"), { recursive: true }),
    await callback(fs.readdir, at("d/e/f")),
  );
  const fd = fs.openSync(at("w.txt"), "r+");
  log(
    "read",
    await callback(fs.read, fd, Buffer.alloc(4), 0, 4, 0),
    await callback(fs.write, fd, Buffer.from("V"), 0, 1, 0),
    await callback(fs.write, fd, "I", 1, "utf8"),
    await callback(fs.fstat, 9999),
    await callback(fs.close, fd),
  );
  log("exists", String(await new Promise((resolve) => fs.exists(at("w.txt"), resolve))));
  const order = [];
  await new Promise((resolve) => {
    fs.readFile(at("a.txt"), () => {
      order.push("file");
      resolve();
    });
    process.nextTick(() => order.push("tick"));
    Promise.resolve().then(() => order.push("job"));
    order.push("now");
  });
  log("order", order.join());
}

async function promised(log) {
  log(
    "readFile",
    show(await promises.readFile(at("a.txt"), "utf8")),
    plain(await eventually(promises.readFile(at("none")))),
    plain(await eventually(promises.readFile({}))),
  );
  await promises.writeFile(at("p.txt"), ["one, ", "two"]);
  await promises.appendFile(at("p.txt"), "!");
  log("iterable", show(await promises.readFile(at("p.txt"), "utf8")));
  log(
    "same",
    String(fs.promises === promises),
    Object.keys(promises)
      .sort()
      .filter((name) => name !== "lchmod")
      .join(),
  );
  const handle = await promises.open(at("h.txt"), "w+");
  log(
    "handle",
    show(await handle.write("hello ")),
    show((await handle.write(Buffer.from("handle"), 0, 6)).bytesWritten),
    String(handle.fd > 2),
  );
  const { bytesRead, buffer } = await handle.read(Buffer.alloc(5), 0, 5, 0);
  log("handle read", show(bytesRead), show(buffer), show((await handle.stat()).size));
  await handle.truncate(3);
  await handle.close();
  log("closed", String(handle.fd), plain(await eventually(handle.stat())));
  log("whole", show(await promises.readFile(at("h.txt"), "utf8")));
  const lines = [];
  fs.writeFileSync(at("lines"), "a\nb\r\n\nc");
  const file = await promises.open(at("lines"));
  for await (const line of file.readLines()) lines.push(line);
  log("lines", show(lines));
  const names = [];
  for await (const entry of await promises.opendir(at("d/e"))) names.push(entry.name);
  log("opendir", names.sort().join());
  log(
    "mkdir",
    plain(await eventually(promises.mkdir(at("pm/n"), { recursive: true }))),
    plain(await eventually(promises.rmdir(at("pm")))),
    plain(await eventually(promises.rm(at("pm"), { recursive: true }))),
    plain(await eventually(promises.access(at("pm")))),
  );
}

async function streams(log) {
  const big = Buffer.alloc(300_000, "0123456789");
  const writer = fs.createWriteStream(at("big"));
  const events = [];
  for (const name of ["open", "ready", "finish", "close"]) writer.on(name, () => events.push(name));
  for (let start = 0; start < big.length; start += 50_000) writer.write(big.subarray(start, start + 50_000));
  writer.end();
  await new Promise((resolve) => writer.on("close", resolve));
  log(
    "written",
    events.join(),
    show(writer.bytesWritten),
    String(fs.readFileSync(at("big")).equals(big)),
    plain(writer.path),
  );
  const reader = fs.createReadStream(at("big"));
  const sizes = [];
  for await (const chunk of reader) sizes.push(chunk.length);
  log("read", sizes.join(), show(reader.bytesRead), String(reader.destroyed));
  const range = fs.createReadStream(at("big"), { start: 10, end: 25, encoding: "utf8", highWaterMark: 7 });
  const pieces = [];
  for await (const chunk of range) pieces.push(chunk);
  log("range", show(pieces));
  const missing = fs.createReadStream(at("none"));
  log(
    "missing",
    await new Promise((resolve) => missing.on("error", (error) => resolve(plain(failure(error))))),
  );
  const at5 = fs.createWriteStream(at("big"), { flags: "r+", start: 5 });
  at5.end("HERE");
  await new Promise((resolve) => at5.on("close", resolve));
  log("start", fs.readFileSync(at("big")).subarray(0, 12).toString());
  const appended = fs.createWriteStream(at("app"), { flags: "a", encoding: "latin1" });
  appended.end("é");
  await new Promise((resolve) => appended.on("finish", resolve));
  log("append", show(fs.readFileSync(at("app"))));
  log(
    "classes",
    String(reader instanceof fs.ReadStream),
    String(writer instanceof fs.WriteStream),
    reader.constructor.name,
  );
}

/** Calls `log(name, ...results)` for every case. */
export async function run(log) {
  folder = fs.mkdtempSync("/tmp/differential-");
  try {
    content(log);
    folders(log);
    stats(log);
    errors(log);
    await callbacks(log);
    await promised(log);
    await streams(log);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
