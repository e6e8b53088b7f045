import { describe, expect, it } from "vitest";
import { answer, receivedFrom, requestOf, resultFor, sample } from "./samples.js";

describe("VPC Lattice", () => {
  it("becomes a request, from both structures", () => {
    expect(requestOf(sample("vpc-lattice-v2"))).toEqual({
      method: "GET",
      scheme: "https",
      host: "svc.lattice.example",
      path: "/items/a%20b",
      query: "tag=a&tag=b%20c",
      headers: [
        ["host", "svc.lattice.example"],
        ["x-forwarded-for", "192.0.2.7"],
        ["x-twice", "1"],
        ["x-twice", "2"],
      ],
      body: undefined,
      remoteAddress: "192.0.2.7",
    });
    expect(receivedFrom(sample("vpc-lattice-v1"))).toMatchObject({
      method: "POST",
      path: "/items/a%20b",
      query: "tag=a%20b",
      body: Buffer.from([0, 1, 2, 0xff, 0xfe, 0xfd]),
    });
  });

  it("takes the response back with one value a name", () => {
    const headers = [
      ["x-a", "1"],
      ["x-a", "2"],
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ] as const;
    for (const name of ["vpc-lattice-v1", "vpc-lattice-v2"]) {
      expect(resultFor(sample(name), answer({ statusCode: 404, headers, body: "no" }))).toEqual({
        statusCode: 404,
        statusDescription: "404 Not Found",
        headers: { "x-a": "1, 2", "set-cookie": "a=1", "Set-cookie": "b=2" },
        body: "no",
        isBase64Encoded: false,
      });
    }
  });
});
