import type { Any } from "../internal/any.js";

/** Linux's error numbers, as libuv passes them on (negative), and the resolver's, which libuv numbers itself. */
const codes: Readonly<Record<number, string>> = {
  [-1]: "EPERM",
  [-2]: "ENOENT",
  [-4]: "EINTR",
  [-5]: "EIO",
  [-9]: "EBADF",
  [-11]: "EAGAIN",
  [-12]: "ENOMEM",
  [-13]: "EACCES",
  [-16]: "EBUSY",
  [-20]: "ENOTDIR",
  [-22]: "EINVAL",
  [-23]: "ENFILE",
  [-24]: "EMFILE",
  [-32]: "EPIPE",
  [-71]: "EPROTO",
  [-88]: "ENOTSOCK",
  [-90]: "EMSGSIZE",
  [-92]: "ENOPROTOOPT",
  [-93]: "EPROTONOSUPPORT",
  [-95]: "ENOTSUP",
  [-97]: "EAFNOSUPPORT",
  [-98]: "EADDRINUSE",
  [-99]: "EADDRNOTAVAIL",
  [-100]: "ENETDOWN",
  [-101]: "ENETUNREACH",
  [-103]: "ECONNABORTED",
  [-104]: "ECONNRESET",
  [-105]: "ENOBUFS",
  [-106]: "EISCONN",
  [-107]: "ENOTCONN",
  [-110]: "ETIMEDOUT",
  [-111]: "ECONNREFUSED",
  [-112]: "EHOSTDOWN",
  [-113]: "EHOSTUNREACH",
  [-125]: "ECANCELED",
  [-3001]: "EAI_AGAIN",
  [-3002]: "EAI_BADFLAGS",
  [-3004]: "EAI_FAIL",
  [-3005]: "EAI_FAMILY",
  [-3006]: "EAI_MEMORY",
  // Node gives both of these, "no such name" and "no address for it", one code.
  [-3007]: "ENOTFOUND",
  [-3008]: "ENOTFOUND",
  [-3010]: "EAI_SERVICE",
  [-3011]: "EAI_SOCKTYPE",
};

export const ENOTCONN = -107;
export const ETIMEDOUT = -110;

/** `ECONNREFUSED` for -111. */
export function codeOf(errno: number): string {
  return codes[errno] ?? `Unknown system error ${errno}`;
}

/** `read ECONNRESET`: an error of the system as Node shows it. */
export function errnoException(errno: number, syscall: string, fields?: object): Any {
  const code = codeOf(errno);
  return Object.assign(new Error(`${syscall} ${code}`), { errno, code, syscall, ...fields });
}

/** `connect ECONNREFUSED 127.0.0.1:5432` */
export function connectException(
  errno: number,
  syscall: string,
  address: string,
  port?: number,
  local?: string,
): Any {
  const code = codeOf(errno);
  const where = port !== undefined && port > 0 ? ` ${address}:${port}` : address ? ` ${address}` : "";
  const from = local === undefined ? "" : ` - Local (${local})`;
  const fields = { errno, code, syscall, address, ...(port && { port }) };
  return Object.assign(new Error(`${syscall} ${code}${where}${from}`), fields);
}
