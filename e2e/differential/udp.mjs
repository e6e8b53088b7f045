import dgram from "node:dgram";
import { once } from "node:events";
import { attempt, failure } from "./attempt.mjs";

/** What metrics and tracing clients do: bytes to a local daemon, which may answer. */
async function answers(log) {
  const daemon = await bound();
  const { address, family, port } = daemon.address();
  log("bound", address, family, port > 0);
  daemon.on("message", (message, sender) => daemon.send(`re: ${message}`, sender.port, sender.address));
  const client = dgram.createSocket("udp4");
  for (const text of ["one", "two"]) {
    const sent = new Promise((resolve) =>
      client.send(Buffer.from(text), port, "127.0.0.1", (...args) => resolve(args)),
    );
    const [message, sender] = await once(client, "message");
    log(
      text,
      await sent,
      String(message),
      Buffer.isBuffer(message),
      sender.address,
      sender.family,
      sender.size,
    );
    log(`${text} from`, sender.port === port, Object.keys(sender));
  }
  const closed = [once(daemon, "close"), once(client, "close")];
  daemon.close();
  client.close();
  await Promise.all(closed);
  log("closed");
}

async function bound(type = "udp4", address = "127.0.0.1") {
  const socket = dgram.createSocket(type);
  socket.bind(0, address);
  await once(socket, "listening");
  return socket;
}

/** Each way to say what is sent. */
async function shapes(log) {
  const daemon = await bound();
  const { port } = daemon.address();
  const client = dgram.createSocket({ type: "udp4" });
  const view = new Uint16Array([0x6261, 0x6463]);
  const ways = {
    "a part": (done) => client.send(Buffer.from("abcdef"), 1, 3, port, "127.0.0.1", done),
    "a part without a callback": () => client.send(Buffer.from("abcdef"), 0, 2, port, "127.0.0.1"),
    "a part of text": (done) => client.send("abcdef", 2, 2, port, "localhost", done),
    "a list": (done) =>
      client.send(["ab", Buffer.from("cd"), new Uint8Array([0x65])], port, "127.0.0.1", done),
    "an empty list": (done) => client.send([], port, "127.0.0.1", done),
    "a view": (done) => client.send(view, port, "127.0.0.1", done),
    "a DataView": (done) => client.send(new DataView(view.buffer, 1, 2), port, "127.0.0.1", done),
    "no address": (done) => client.send("here", port, done),
    "an empty text": (done) => client.send("", port, "127.0.0.1", done),
    "a port as text": (done) => client.send("text", `${port}`, "127.0.0.1", done),
    "a large one": (done) => client.send(Buffer.alloc(9000, "x"), port, "127.0.0.1", done),
  };
  for (const [name, send] of Object.entries(ways)) {
    const heard = once(daemon, "message");
    const sent = [];
    send((...args) => sent.push(args));
    const [message, { size }] = await heard;
    await new Promise(setImmediate);
    log(name, String(message).slice(0, 20), size, sent);
  }
  const wrong = {
    "no port": () => client.send("x"),
    "port 0": () => client.send("x", 0, "127.0.0.1"),
    "port 65536": () => client.send("x", 65_536),
    "port in words": () => client.send("x", "x", "127.0.0.1"),
    "a number": () => client.send(1, port),
    "an object": () => client.send({}, port),
    "a list with a number": () => client.send(["x", 1], port),
    "an address that is a number": () => client.send("x", port, 1),
    "an offset beyond": () => client.send(Buffer.from("ab"), 3, 1, port, "127.0.0.1"),
    "a length beyond": () => client.send(Buffer.from("ab"), 1, 2, port, "127.0.0.1"),
  };
  for (const [name, send] of Object.entries(wrong)) log(name, attempt(send));
  daemon.close();
  client.close();
}

async function failures(log) {
  const places = (error, port) =>
    failure(error)
      .replaceAll(String(port), "PORT")
      .replaceAll(/:\d{4,5}/g, ":PORT");
  for (const type of ["tcp", "", undefined, null, 4, {}, { type: "udp5" }])
    log(
      `type ${JSON.stringify(type)}`,
      attempt(() => dgram.createSocket(type)),
    );
  const daemon = await bound();
  const { port } = daemon.address();
  const other = dgram.createSocket("udp4");
  other.bind(port, "127.0.0.1");
  const [inUse] = await once(other, "error");
  log("in use", places(inUse, port), inUse.port === port);
  log(
    "bound twice",
    attempt(() => daemon.bind()),
  );
  daemon.send(Buffer.alloc(70_000), port, "127.0.0.1", (error, bytes) =>
    log("too large", places(error, port), bytes),
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  daemon.send(Buffer.alloc(70_000), port, "127.0.0.1");
  let told = "nobody";
  daemon.once("error", (error) => (told = places(error, port)));
  await new Promise((resolve) => setTimeout(resolve, 20));
  log("too large, without a callback", told);
  const unbound = dgram.createSocket("udp4");
  for (const name of ["address", "getRecvBufferSize", "getSendBufferSize"])
    log(
      `unbound ${name}`,
      attempt(() => unbound[name]()),
    );
  for (const [name, value] of [
    ["setBroadcast", true],
    ["setTTL", 5],
    ["setMulticastTTL", 5],
    ["setMulticastLoopback", true],
    ["setMulticastInterface", "127.0.0.1"],
  ])
    log(
      `unbound ${name}`,
      attempt(() => unbound[name](value)),
    );
  unbound.close();
  for (const name of ["close", "address", "bind", "disconnect", "remoteAddress"])
    log(
      `closed ${name}`,
      attempt(() => unbound[name]()),
    );
  log(
    "closed send",
    attempt(() => unbound.send("x", 1)),
  );
  const nowhere = dgram.createSocket({
    type: "udp4",
    lookup: (name, _, done) => setImmediate(done, new Error(`no ${name}`)),
  });
  nowhere.send("x", 9, "nowhere.invalid", (error) => log("looked up in vain", error.message));
  const [unfound] = await once(nowhere, "error").catch((error) => [error]);
  log("bind looked up in vain", unfound.message);
  daemon.close();
}

async function connections(log) {
  const daemon = await bound();
  const { port } = daemon.address();
  daemon.on("message", (message, { port, address }) => daemon.send(`${message}!`, port, address));
  const client = dgram.createSocket("udp4");
  log(
    "not yet",
    attempt(() => client.remoteAddress()),
    attempt(() => client.disconnect()),
  );
  client.connect(port, "127.0.0.1");
  log(
    "while connecting",
    attempt(() => client.connect(port)),
  );
  await once(client, "connect");
  const remote = client.remoteAddress();
  log(
    "connected",
    remote.address,
    remote.family,
    remote.port === port,
    attempt(() => client.connect(port)),
  );
  log(
    "with a port",
    attempt(() => client.send("x", 0, 1, port)),
    attempt(() => client.send("x", 1, "127.0.0.1")),
  );
  const sent = new Promise((resolve) => client.send("hello", (...args) => resolve(args)));
  log("sent", await sent, String((await once(client, "message"))[0]));
  client.send(Buffer.from("abcdef"), 1, 2);
  log("a part", String((await once(client, "message"))[0]));
  client.disconnect();
  log(
    "disconnected",
    attempt(() => client.remoteAddress()),
  );
  client.send("again", port, "127.0.0.1");
  log("to anybody", String((await once(client, "message"))[0]));
  const late = [];
  client.connect(port, () => late.push("callback"));
  await once(client, "connect");
  log("with a callback", late);
  for (const wrong of [0, 65_536, "x", undefined])
    log(
      `port ${wrong}`,
      attempt(() => dgram.createSocket("udp4").connect(wrong)),
    );
  client.close();
  daemon.close();
}

async function options(log) {
  const socket = await bound();
  log(
    "broadcast",
    attempt(() => socket.setBroadcast(true)),
  );
  for (const ttl of [1, 64, 255, 0, 256, "1", undefined])
    log(
      `ttl ${String(ttl)}`,
      attempt(() => socket.setTTL(ttl)),
      attempt(() => socket.setMulticastTTL(ttl)),
    );
  log(
    "loopback",
    attempt(() => socket.setMulticastLoopback(false)),
    attempt(() => socket.setMulticastLoopback(1)),
  );
  log(
    "interface",
    attempt(() => socket.setMulticastInterface("127.0.0.1")),
    attempt(() => socket.setMulticastInterface(1)),
  );
  log(
    "groups",
    attempt(() => socket.addMembership("224.0.0.114", "127.0.0.1")),
    attempt(() => socket.dropMembership("224.0.0.114", "127.0.0.1")),
    attempt(() => socket.addMembership()),
    attempt(() => socket.addMembership("10.0.0.1", "127.0.0.1")),
  );
  socket.setRecvBufferSize(10_000);
  socket.setSendBufferSize(20_000);
  log(
    "buffers",
    socket.getRecvBufferSize(),
    socket.getSendBufferSize(),
    attempt(() => socket.setRecvBufferSize(-1)),
    attempt(() => socket.setSendBufferSize("x")),
  );
  log("queue", socket.getSendQueueSize(), socket.getSendQueueCount());
  log("chains", socket.ref() === socket, socket.unref() === socket);
  const abort = new AbortController();
  const signalled = dgram.createSocket({ type: "udp4", signal: abort.signal });
  setTimeout(() => abort.abort(), 1);
  await once(signalled, "close");
  log(
    "aborted",
    attempt(() => signalled.address()),
  );
  socket.close(() => log("closed"));
  await once(socket, "close");
  const shared = ["a", "b"].map(() => dgram.createSocket({ type: "udp4", reuseAddr: true }));
  shared[0].bind({ port: 0, address: "127.0.0.1", exclusive: true });
  await once(shared[0], "listening");
  await new Promise((resolve) =>
    shared[1].bind({ port: shared[0].address().port, address: "127.0.0.1" }, resolve),
  );
  log("reused", shared[0].address().port === shared[1].address().port);
  for (const each of shared) each.close();
  const early = dgram.createSocket("udp4");
  early.bind(0, "127.0.0.1");
  early.on("listening", () => log("never"));
  early.close();
  await once(early, "close");
  log("closed while binding");
}

export async function run(log) {
  await answers(log);
  await shapes(log);
  await failures(log);
  await connections(log);
  await options(log);
}
