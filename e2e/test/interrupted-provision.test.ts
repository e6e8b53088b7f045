import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request, type Server } from "node:http";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  accountAt,
  listening,
  stopListening,
  startMinistack,
  type Ministack,
} from "../../tools/aws/ministack.mjs";
import { laconicProgram, scratchApp } from "./laconic.js";

let aws: Ministack;
let between: Server;
let endpoint: string;
/** Told of each call that is not answered. */
let onHung = () => {};

/** Passes calls on until a change set is to be made: neither that call nor any later one is answered. */
beforeAll(async () => {
  aws = await startMinistack();
  let hangs = false;
  between = createServer((incoming, outgoing) => {
    void buffer(incoming).then((body) => {
      hangs ||= body.includes("Action=CreateChangeSet");
      if (hangs) return onHung();
      const { method, url, headers } = incoming;
      request({ host: "127.0.0.1", port: aws.port, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      }).end(body);
    });
  });
  endpoint = await listening(between);
});
afterAll(async () => {
  stopListening(between);
  await aws.stop();
});

it("stops safely after one Ctrl-C, and at once after a second", async () => {
  const app = await scratchApp({
    "app.ts": `import { lambda, main } from "@laconic/runtime/library";
main("StubbornService", "", [lambda("one", () => 1)]);
`,
  });
  const hung = () => new Promise<void>((resolve) => (onHung = resolve));
  const making = hung();
  const child = spawn(process.execPath, [laconicProgram, "provision", app.file("app.ts"), "--yes"], {
    env: {
      ...process.env,
      NO_COLOR: "1",
      ...accountAt(endpoint),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(child, "exit");
  await making;
  const takingBack = hung();
  child.kill("SIGINT");
  // It takes back what it did, which AWS does not answer either.
  await takingBack;
  expect(child.exitCode).toBeNull();
  child.kill("SIGINT");
  expect(await ended).toEqual([null, "SIGINT"]);
  await app.remove();
});
