import type { Any } from "../internal/any.js";
import { constants } from "./constants.js";

const { S_IFBLK, S_IFCHR, S_IFDIR, S_IFIFO, S_IFLNK, S_IFMT, S_IFREG, S_IFSOCK } = constants as Record<
  string,
  number
>;

/** Where the engine's fields of a file's state lie. */
const AT = {
  dev: 0,
  mode: 1,
  nlink: 2,
  uid: 3,
  gid: 4,
  rdev: 5,
  blksize: 6,
  ino: 7,
  size: 8,
  blocks: 9,
  atime: 10,
  mtime: 12,
  ctime: 14,
  birthtime: 16,
} as const;

const NUMBERS = ["dev", "mode", "nlink", "uid", "gid", "rdev", "blksize", "ino", "size", "blocks"] as const;
const TIMES = ["atime", "mtime", "ctime", "birthtime"] as const;

const KINDS = {
  isDirectory: S_IFDIR!,
  isFile: S_IFREG!,
  isBlockDevice: S_IFBLK!,
  isCharacterDevice: S_IFCHR!,
  isSymbolicLink: S_IFLNK!,
  isFIFO: S_IFIFO!,
  isSocket: S_IFSOCK!,
};

export function Stats(this: Any): void {}
export function BigIntStats(this: Any): void {}

for (const [name, kind] of Object.entries(KINDS)) {
  Stats.prototype[name] = function (this: Any): boolean {
    return (this.mode & S_IFMT!) === kind;
  };
  BigIntStats.prototype[name] = function (this: Any): boolean {
    return (Number(this.mode) & S_IFMT!) === kind;
  };
}

/** A date that is made when it is read: few programs look at more than the size. */
for (const prototype of [Stats.prototype, BigIntStats.prototype]) {
  for (const time of TIMES) {
    Object.defineProperty(prototype, time, {
      enumerable: true,
      configurable: true,
      get(this: Any) {
        const value = new Date(Number(this[`${time}Ms`]) + 0.5);
        Object.defineProperty(this, time, { value, configurable: true, writable: true });
        return value;
      },
      set(this: Any, value) {
        Object.defineProperty(this, time, { value, enumerable: true, configurable: true, writable: true });
      },
    });
  }
}

export function makeStats(fields: ArrayLike<number>): Any {
  const stats = new (Stats as Any)();
  for (const name of NUMBERS) stats[name] = fields[AT[name]];
  for (const time of TIMES) stats[`${time}Ms`] = fields[AT[time]]! * 1000 + fields[AT[time] + 1]! / 1e6;
  return stats;
}

export function makeBigIntStats(fields: BigInt64Array): Any {
  const stats = new (BigIntStats as Any)();
  for (const name of NUMBERS) stats[name] = fields[AT[name]];
  const nanoseconds = (time: (typeof TIMES)[number]): bigint =>
    fields[AT[time]]! * 1_000_000_000n + fields[AT[time] + 1]!;
  for (const time of TIMES) stats[`${time}Ms`] = nanoseconds(time) / 1_000_000n;
  for (const time of TIMES) stats[`${time}Ns`] = nanoseconds(time);
  return stats;
}

export function StatFs(this: Any): void {}

export function makeStatFs(fields: readonly number[], isBigInt: boolean): Any {
  const stats = new (StatFs as Any)();
  for (const [index, name] of ["type", "bsize", "blocks", "bfree", "bavail", "files", "ffree"].entries()) {
    stats[name] = isBigInt ? BigInt(fields[index]!) : fields[index];
  }
  return stats;
}

const TYPE = Symbol("type");

/** An entry of a directory. */
export class Dirent {
  declare name: Any;
  declare parentPath: Any;
  declare path: Any;

  constructor(name: Any, path: Any, type: number) {
    this.name = name;
    this.parentPath = path;
    Object.defineProperty(this, "path", {
      value: path,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    (this as Any)[TYPE] = type;
  }

  isDirectory(): boolean {
    return (this as Any)[TYPE] === constants.UV_DIRENT_DIR;
  }

  isFile(): boolean {
    return (this as Any)[TYPE] === constants.UV_DIRENT_FILE;
  }

  isBlockDevice(): boolean {
    return (this as Any)[TYPE] === constants.UV_DIRENT_BLOCK;
  }

  isCharacterDevice(): boolean {
    return (this as Any)[TYPE] === constants.UV_DIRENT_CHAR;
  }

  isSymbolicLink(): boolean {
    return (this as Any)[TYPE] === constants.UV_DIRENT_LINK;
  }

  isFIFO(): boolean {
    return (this as Any)[TYPE] === constants.UV_DIRENT_FIFO;
  }

  isSocket(): boolean {
    return (this as Any)[TYPE] === constants.UV_DIRENT_SOCKET;
  }
}
