import type { Any } from "../internal/any.js";
import { outOfRange } from "../internal/errors.js";
import { validateNumber } from "../internal/validate.js";

/** Errors of Linux as libuv names them. */
const TABLE =
  "1EPERM:operation not permitted|2ENOENT:no such file or directory|3ESRCH:no such process|" +
  "4EINTR:interrupted system call|5EIO:i/o error|6ENXIO:no such device or address|7E2BIG:argument list too long|" +
  "9EBADF:bad file descriptor|11EAGAIN:resource temporarily unavailable|12ENOMEM:not enough memory|" +
  "13EACCES:permission denied|14EFAULT:bad address in system call argument|16EBUSY:resource busy or locked|" +
  "17EEXIST:file already exists|18EXDEV:cross-device link not permitted|19ENODEV:no such device|" +
  "20ENOTDIR:not a directory|21EISDIR:illegal operation on a directory|22EINVAL:invalid argument|" +
  "23ENFILE:file table overflow|24EMFILE:too many open files|26ETXTBSY:text file is busy|27EFBIG:file too large|" +
  "28ENOSPC:no space left on device|29ESPIPE:invalid seek|30EROFS:read-only file system|31EMLINK:too many links|" +
  "32EPIPE:broken pipe|34ERANGE:result too large|36ENAMETOOLONG:name too long|38ENOSYS:function not implemented|" +
  "39ENOTEMPTY:directory not empty|40ELOOP:too many symbolic links encountered|71EPROTO:protocol error|" +
  "75EOVERFLOW:value too large for defined data type|84EILSEQ:illegal byte sequence|" +
  "88ENOTSOCK:socket operation on non-socket|89EDESTADDRREQ:destination address required|" +
  "90EMSGSIZE:message too long|91EPROTOTYPE:protocol wrong type for socket|92ENOPROTOOPT:protocol not available|" +
  "93EPROTONOSUPPORT:protocol not supported|95ENOTSUP:operation not supported on socket|" +
  "97EAFNOSUPPORT:address family not supported|98EADDRINUSE:address already in use|" +
  "99EADDRNOTAVAIL:address not available|100ENETDOWN:network is down|101ENETUNREACH:network is unreachable|" +
  "103ECONNABORTED:software caused connection abort|104ECONNRESET:connection reset by peer|" +
  "105ENOBUFS:no buffer space available|106EISCONN:socket is already connected|107ENOTCONN:socket is not connected|" +
  "108ESHUTDOWN:cannot send after transport endpoint shutdown|110ETIMEDOUT:connection timed out|" +
  "111ECONNREFUSED:connection refused|112EHOSTDOWN:host is down|113EHOSTUNREACH:host is unreachable|" +
  "114EALREADY:connection already in progress|125ECANCELED:operation canceled|4095EOF:end of file|" +
  "3008ENOTFOUND:unknown node or service|3001EAI_AGAIN:temporary failure";

let map: Map<number, [name: string, message: string]> | undefined;

export function getSystemErrorMap(): Map<number, [name: string, message: string]> {
  return (map ??= new Map(
    TABLE.split("|").map((row) => {
      const [, number, name, message] = /^(\d+)([A-Z0-9_]+):(.*)$/.exec(row)!;
      return [-Number(number), [name!, message!]];
    }),
  ));
}

export function getSystemErrorName(error: number): string {
  check(error);
  return getSystemErrorMap().get(error)?.[0] ?? `Unknown system error ${error}`;
}

export function getSystemErrorMessage(error: number): string {
  check(error);
  return getSystemErrorMap().get(error)?.[1] ?? `Unknown system error ${error}`;
}

function check(error: number): void {
  validateNumber(error, "err");
  if (error >= 0 || !Number.isSafeInteger(error)) throw outOfRange("err", "a negative integer", error);
}

/** An error of a system call, as Node's own are. */
export function _errnoException(error: number, syscall: string, original?: string): Any {
  const code = getSystemErrorName(error);
  const message = original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`;
  return Object.assign(new Error(message), { errno: error, code, syscall });
}

export function _exceptionWithHostPort(
  error: number,
  syscall: string,
  address: string,
  port: number,
  extra?: string,
): Any {
  const code = getSystemErrorName(error);
  const details = port && port > 0 ? ` ${address}:${port}` : address ? ` ${address}` : "";
  const message = `${syscall} ${code}${details}${extra ? ` - Local (${extra})` : ""}`;
  const made: Any = Object.assign(new Error(message), { errno: error, code, syscall, address });
  if (port) made.port = port;
  return made;
}
