// PostgreSQL with a data folder of its own.
import { execFileSync } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { program } from "./debian.mjs";
import { freePort, startServer } from "./spawned.mjs";

const DATABASE = "conformance";

/** @returns {Promise<import("../harness/services.mjs").Service>} */
export async function start() {
  const bin = join(program("postgresql", findPostgres), "..");
  const folder = mkdtempSync(join(tmpdir(), "conformance-postgres-"));
  const as = postgresUser(folder);
  const port = await freePort();
  execFileSync(
    join(bin, "initdb"),
    ["-D", join(folder, "data"), "-U", "app", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
    { ...as, stdio: "pipe" },
  );
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: folder,
    fsync: "off",
    timezone: "UTC",
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const stopServer = await startServer(
    join(bin, "postgres"),
    ["-D", join(folder, "data"), ...args],
    port,
    as,
  );
  await answering(port);
  return {
    env: { PGHOST: "127.0.0.1", PGPORT: String(port), PGUSER: "app", PGDATABASE: DATABASE },
    reset: () => recreate(port),
    async stop() {
      await stopServer();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The code of a server that listens and is not yet ready. */
const STARTING_UP = "57P03";
const ATTEMPTS = 100;

async function answering(port) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await (await connected(port)).end();
    } catch (error) {
      if (error.code !== STARTING_UP || attempt === ATTEMPTS) throw error;
      await sleep(100);
    }
  }
}

async function connected(port) {
  const client = new pg.Client({ host: "127.0.0.1", port, user: "app", database: "postgres" });
  await client.connect();
  return client;
}

async function recreate(port) {
  const client = await connected(port);
  await client.query(`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${DATABASE}`);
  await client.end();
}

function findPostgres() {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(root, version, "bin/postgres")).find((path) => existsSync(path));
}

/** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
function postgresUser(folder) {
  if (process.getuid?.() !== 0) return {};
  const id = (flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  const as = { uid: id("-u"), gid: id("-g"), cwd: folder };
  chownSync(folder, as.uid, as.gid);
  return { ...as, env: { PATH: process.env.PATH, HOME: userInfo().homedir, LC_ALL: "C" } };
}
