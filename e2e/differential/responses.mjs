// What an HTTP client makes of the bytes of a response, over a connection within the process.
import http from "node:http";
import { Duplex } from "node:stream";

const HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n";
const CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

const RESPONSES = {
  plain: `${HEAD}A: b\r\n\r\nhi`,
  "beyond ASCII": `${HEAD}A: gr\xfc\xdfe\r\n\r\nhi`,
  chunked: `${CHUNKED}2\r\nhi\r\n0\r\nX: y\r\n\r\n`,
  "status line ends in LF": "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nhi",
  "field ends in LF": `${HEAD}A: b\nC: d\r\n\r\nhi`,
  "last field ends in LF": `${HEAD}A: b\n\r\nhi`,
  "head ends in LF": `${HEAD}\nhi`,
  "all ends in LF": "HTTP/1.1 200 OK\nContent-Length: 2\n\nhi",
  "empty field ends in LF": `${HEAD}A:\nB: c\r\n\r\nhi`,
  "chunk size ends in LF": `${CHUNKED}2\nhi\r\n0\r\n\r\n`,
  "chunk ends in LF": `${CHUNKED}2\r\nhi\n0\r\n\r\n`,
  "trailer ends in LF": `${CHUNKED}2\r\nhi\r\n0\r\nX: y\n\r\n`,
  "no response": "hello\r\n\r\n",
};

export async function run(log) {
  for (const [name, text] of Object.entries(RESPONSES)) {
    log(name, await outcome(text));
    // In pieces that end in the middle of every line end.
    log(`${name}, in pieces`, await outcome(text, 1));
  }
}

function outcome(text, size = text.length) {
  return new Promise((resolve) => {
    const seen = [];
    const over = () => resolve(seen);
    const request = http.get({ host: "localhost", createConnection: () => connection(text, size) });
    request.on("error", ({ code, message }) => seen.push(["request", code, message]));
    request.on("close", over);
    request.on("response", (response) => {
      seen.push([response.statusCode, response.rawHeaders]);
      response.on("data", (chunk) => seen.push(String(chunk)));
      response.on("end", () => seen.push(["end", response.rawTrailers]));
      response.on("error", ({ code, message }) => seen.push(["response", code, message]));
    });
  });
}

/** Answers the first bytes that it gets. */
function connection(text, size) {
  const bytes = Buffer.from(text, "latin1");
  return new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      for (let at = 0; at < bytes.length; at += size) this.push(bytes.subarray(at, at + size));
      this.push(null);
      done();
    },
  });
}
