// System calls on files. Each returns its result, or a negative number: the negated error number.

declare module "laconic:fs" {
  type Path = string | Uint8Array;

  export function access(path: Path, mode: number): number;
  export function chmod(path: Path, mode: number): number;
  export function chown(path: Path, uid: number, gid: number): number;
  export function close(fd: number): number;
  export function copyFile(from: Path, to: Path, isExclusive: boolean): number;
  export function fchmod(fd: number, mode: number): number;
  export function fchown(fd: number, uid: number, gid: number): number;
  export function fdatasync(fd: number): number;
  export function fstat(fd: number): number[] | number;
  export function fstatExact(fd: number): BigInt64Array | number;
  export function fsync(fd: number): number;
  export function ftruncate(fd: number, length: number): number;
  export function lchown(path: Path, uid: number, gid: number): number;
  export function link(from: Path, to: Path): number;
  export function makeTemporary(prefix: Path): string | number;
  export function mkdir(path: Path, mode: number): number;
  export function open(path: Path, flags: number, mode: number): number;
  /** With position -1 at the descriptor's own. */
  export function read(
    fd: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): number;
  export function readAll(fd: number): ArrayBuffer | number;
  export function readDirectory(path: Path): [names: string[], types: number[]] | number;
  export function readLink(path: Path): string | number;
  export function realPath(path: Path): string | number;
  export function rename(from: Path, to: Path): number;
  export function rmdir(path: Path): number;
  /** Of the descriptor, or of the path when that is -1. In seconds. */
  export function setTimes(fd: number, path: Path, atime: number, mtime: number, follows: boolean): number;
  export function stat(path: Path, follows: boolean): number[] | number;
  export function statExact(path: Path, follows: boolean): BigInt64Array | number;
  export function statfs(path: Path): number[] | number;
  export function symlink(target: Path, path: Path): number;
  export function unlink(path: Path): number;
  export function write(
    fd: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): number;
}
