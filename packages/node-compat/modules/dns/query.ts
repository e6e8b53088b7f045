import { close, connectTcp, connectUdp, readStart, write, type SocketEvent } from "laconic:sockets";
import packet from "dns-packet";
import { Buffer } from "../buffer.js";
import type { Any } from "../internal/any.js";
import { codes } from "./codes.js";
import type { NameServer } from "./servers.js";
import { webcrypto as crypto } from "../crypto/webcrypto.js";

export interface QueryOptions {
  /** Milliseconds for the first try; doubled with each round. */
  readonly timeout: number;
  readonly tries: number;
}

export interface Answer {
  readonly type: string;
  readonly name: string;
  readonly ttl: number;
  readonly data: Any;
}

/** A question under way. */
export interface Pending {
  cancel(): void;
}

type Done = (code: string | null, answers: readonly Answer[]) => void;

const RESPONSE_CODES: Readonly<Record<string, string>> = {
  FORMERR: codes.FORMERR,
  SERVFAIL: codes.SERVFAIL,
  NXDOMAIN: codes.NOTFOUND,
  NOTIMP: codes.NOTIMP,
  REFUSED: codes.REFUSED,
};

/** What another server may know better. */
const ASK_THE_NEXT = new Set<string>([
  codes.SERVFAIL,
  codes.NOTIMP,
  codes.REFUSED,
  codes.TIMEOUT,
  codes.CONNREFUSED,
]);

/** Asks the servers in turn, over UDP and, for an answer that does not fit, TCP. */
export function query(
  name: string,
  type: string,
  servers: readonly NameServer[],
  { timeout, tries }: QueryOptions,
  done: Done,
): Pending {
  let current: Pending | undefined;
  let attempt = 0;
  const most = tries * servers.length;
  const next = (): void => {
    const round = Math.floor(attempt / servers.length);
    const server = servers[attempt % servers.length]!;
    attempt += 1;
    current = ask(name, type, server, timeout * 2 ** round, (code, answers) => {
      if (code !== null && ASK_THE_NEXT.has(code) && attempt < most) next();
      else done(code, answers);
    });
  };
  next();
  return { cancel: () => current?.cancel() };
}

function ask(name: string, type: string, server: NameServer, timeout: number, done: Done): Pending {
  // Hard to guess, or anybody on the way could answer.
  const id = crypto.getRandomValues(new Uint16Array(1))[0]!;
  const question: Any = {
    type: "query",
    id,
    flags: packet.RECURSION_DESIRED,
    questions: [{ type, name }],
    additionals: [{ type: "OPT", name: ".", udpPayloadSize: 1232, flags: 0, options: [] }],
  };
  let handle: number;
  const timer = setTimeout(() => finish(codes.TIMEOUT, []), timeout);
  const stop = (): void => {
    clearTimeout(timer);
    close(handle);
  };
  const finish: Done = (code, answers) => {
    stop();
    done(code, answers);
  };
  const read = (bytes: Buffer, isLast: boolean): void => {
    const reply = decode(bytes, id, name);
    if (reply === undefined) return isLast ? finish(codes.BADRESP, []) : undefined;
    if (reply.flag_tc && !isLast) {
      close(handle);
      handle = askByTcp(question, server, (whole) =>
        whole ? read(whole, true) : finish(codes.CONNREFUSED, []),
      );
      return;
    }
    finish(...judge(reply, type));
  };
  handle = connectUdp(server.address, server.port, (kind: SocketEvent, value: unknown) => {
    if (kind === "open") write(handle, packet.encode(question));
    else if (kind === "datagram") read(Buffer.from((value as [Uint8Array])[0]), false);
    else if (kind !== "close") finish(codes.CONNREFUSED, []);
  });
  return { cancel: stop };
}

/** Over TCP a message has its length, two bytes, in front. */
function askByTcp(question: Any, server: NameServer, done: (whole: Buffer | undefined) => void): number {
  let received = Buffer.alloc(0);
  const handle = connectTcp(
    server.address,
    server.port,
    undefined,
    0,
    (kind: SocketEvent, value: unknown) => {
      if (kind === "open") {
        readStart(handle);
        write(handle, packet.streamEncode(question));
      } else if (kind === "data") {
        received = Buffer.concat([received, value as Uint8Array]);
        if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
        done(received.subarray(2, 2 + received.readUInt16BE(0)));
      } else if (kind !== "close" && kind !== "drain") {
        done(undefined);
      }
    },
  );
  return handle;
}

/** The reply, unless it is malformed or to another question. */
function decode(bytes: Buffer, id: number, name: string): Any {
  try {
    const reply: Any = packet.decode(bytes);
    const asked = reply.questions?.[0]?.name ?? name;
    const isOurs = reply.type === "response" && reply.id === id && sameName(asked, name);
    return isOurs ? reply : undefined;
  } catch {
    return undefined;
  }
}

function sameName(one: string, other: string): boolean {
  const plain = (name: string) => name.replace(/\.$/, "").toLowerCase();
  return plain(one) === plain(other);
}

function judge(reply: Any, type: string): [code: string | null, answers: readonly Answer[]] {
  if (reply.rcode !== "NOERROR") return [RESPONSE_CODES[reply.rcode] ?? codes.BADRESP, []];
  const answers = (reply.answers as Answer[]).filter((answer) => type === "ANY" || answer.type === type);
  return answers.length === 0 ? [codes.NODATA, []] : [null, answers];
}
