// A mail server that answers each message with the digest of what it received.
import { createHash } from "node:crypto";
import { once } from "node:events";
import { SMTPServer } from "smtp-server";

/** @returns {Promise<import("../harness/services.mjs").Service>} */
export async function start() {
  const server = new SMTPServer({
    name: "mail.example",
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    size: 100_000,
    logger: false,
    onAuth: ({ username, password }, session, done) =>
      username === "zoe" && password === "secret"
        ? done(null, { user: username })
        : done(new Error("Invalid username or password")),
    onRcptTo: ({ address }, session, done) =>
      address.startsWith("nobody@")
        ? done(Object.assign(new Error("No such user here"), { responseCode: 550 }))
        : done(),
    onData(stream, session, done) {
      const hash = createHash("sha256");
      let length = 0;
      stream.on("data", (chunk) => {
        hash.update(chunk);
        length += chunk.length;
      });
      stream.on("end", () =>
        stream.sizeExceeded
          ? done(Object.assign(new Error("Message too large"), { responseCode: 552 }))
          : done(null, `${length} bytes ${hash.digest("hex")}`),
      );
    },
  });
  server.on("error", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  return {
    env: { SMTP_PORT: String(server.server.address().port) },
    reset: async () => undefined,
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
