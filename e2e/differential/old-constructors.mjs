// Classes of Node's that are functions: called without `new`, and by the constructor of a function that inherits from them.
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { PassThrough } from "node:stream";
import tls from "node:tls";
import util from "node:util";
import { attempt } from "./attempt.mjs";

const CLASSES = {
  "net.Socket": net.Socket,
  "net.Server": net.Server,
  "http.Agent": http.Agent,
  "https.Agent": https.Agent,
  "http.Server": http.Server,
};

export function run(log) {
  for (const [name, Class] of Object.entries(CLASSES)) {
    const plain = Class();
    log(`${name} without new`, plain instanceof Class, plain.constructor === Class, Class.name, typeof Class);
    log(
      `${name} prototype`,
      Object.getPrototypeOf(plain) === Class.prototype,
      Class.prototype.constructor === Class,
    );
    log(`${name} inherited`, inherited(Class));
    log(`${name} extended`, extended(Class));
  }
  const agent = http.Agent({ keepAlive: true, maxSockets: 3 });
  log("options", agent.keepAlive, agent.maxSockets, agent.protocol, https.Agent().defaultPort);
  log("https.Agent is one of http", https.Agent() instanceof http.Agent);
  tunnels(log);
}

/** `util.inherits` and a call of the base: how packages were written before there were classes. */
function inherited(Class) {
  return attempt(() => {
    function Old(options) {
      Class.call(this, options);
      this.own = true;
    }
    util.inherits(Old, Class);
    const old = new Old({});
    old.on("ping", () => (old.heard = true));
    old.emit("ping");
    return [old instanceof Class, old.own, old.heard, old.constructor.name];
  });
}

function extended(Class) {
  return attempt(() => {
    class New extends Class {
      mine = 1;
    }
    const made = new New({});
    return [made instanceof New, made instanceof Class, made.mine, made.constructor.name];
  });
}

/** A TLS socket over a stream that is no socket: nothing is sent before somebody starts it. */
function tunnels(log) {
  const below = new PassThrough();
  const socket = new tls.TLSSocket(below);
  const { constructor: Wrap } = socket._handle._parentWrap;
  log("wrap", Wrap.name, Object.getPrototypeOf(Wrap.prototype) === net.Socket.prototype);
  log("not started", below.readableLength, socket.encrypted, socket.connecting, socket.destroyed);
  const over = new Wrap(new PassThrough());
  log(
    "wrapped",
    over instanceof net.Socket,
    typeof over.stream,
    over.connecting,
    over.readable,
    over.writable,
  );
}
