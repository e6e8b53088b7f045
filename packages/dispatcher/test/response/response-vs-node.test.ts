import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { InProcessResponse } from "../../src/response/response.js";
import { bodyScenarios, headScenarios, headerScenarios, type Scenario } from "./scenarios.js";

interface Observation {
  readonly status: number;
  readonly message: string | undefined;
  readonly headers: readonly (readonly [string, string])[];
  /** Base64, so that a difference in any byte shows. */
  readonly body: string;
  readonly seen: unknown[];
}

/** Headers that a server adds for the connection, of which there is none in process. */
const CONNECTION = new Set(["date", "connection", "keep-alive", "transfer-encoding", "content-length"]);

async function onServer(scenario: Scenario): Promise<Observation> {
  const seen: unknown[] = [];
  let running: unknown;
  const server = createServer((_request, response) => (running = scenario(response, seen)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const received = await new Promise<Observation>((resolve, reject) => {
      request({ port, host: "127.0.0.1", agent: false }, (message) => {
        const chunks: Buffer[] = [];
        message.on("data", (chunk: Buffer) => chunks.push(chunk));
        message.on("end", () =>
          resolve({
            status: message.statusCode!,
            message: message.statusMessage,
            headers: pairs(message.rawHeaders),
            body: Buffer.concat(chunks).toString("base64"),
            seen,
          }),
        );
      })
        .on("error", reject)
        .end();
    });
    await running;
    return received;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function inProcess(scenario: Scenario): Promise<Observation> {
  const seen: unknown[] = [];
  const response = new InProcessResponse();
  await scenario(response as unknown as ServerResponse, seen);
  await response.whenOver();
  const body = Buffer.concat(response.chunks.map((chunk) => Buffer.from(chunk as Uint8Array)));
  return {
    status: response.sentStatus,
    message: response.statusMessage,
    headers: response.sentFields,
    body: body.toString("base64"),
    seen,
  };
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw
    .flatMap((name, index): [string, string][] => (index % 2 === 0 ? [[name, raw[index + 1]!]] : []))
    .filter(([name]) => !CONNECTION.has(name.toLowerCase()));
}

const groups = { headers: headerScenarios, head: headScenarios, body: bodyScenarios };

for (const [group, scenarios] of Object.entries(groups)) {
  describe(`the in-process response is Node's: ${group}`, () => {
    it.each(Object.entries(scenarios))("%s", async (_name, scenario) => {
      expect(await inProcess(scenario)).toEqual(await onServer(scenario));
    });
  });
}
