import { generateKeyPairSync } from "node:crypto";
import jwt from "jsonwebtoken";

const iat = 1709211909;
const clockTimestamp = iat + 10;
const keys = {};
const keysOf = (type, options) =>
  (keys[type] ??= generateKeyPairSync(type, {
    ...options,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  }));

export const cases = {
  signs: () => jwt.sign({ sub: "zoë", iat }, "secret"),
  "signs with other hashes": () =>
    ["HS384", "HS512"].map((algorithm) => jwt.sign({ iat }, "secret", { algorithm })),
  "options become claims": () =>
    jwt.decode(
      jwt.sign({ iat }, "secret", {
        expiresIn: "2h",
        audience: "a",
        issuer: "i",
        jwtid: "j",
        subject: "s",
        notBefore: 5,
        keyid: "k",
      }),
      { complete: true },
    ),
  verifies: () => jwt.verify(jwt.sign({ a: 1, iat }, "secret"), "secret"),
  "verifies with a callback": () =>
    new Promise((resolve) =>
      jwt.verify(jwt.sign({ a: 1, iat }, "secret"), "secret", (error, value) => resolve([error, value])),
    ),
  "asks for the key": () =>
    new Promise((resolve) =>
      jwt.verify(
        jwt.sign({ iat }, "secret", { keyid: "k1" }),
        (header, done) => done(null, header.kid === "k1" ? "secret" : "no"),
        (error, value) => resolve([error, value]),
      ),
    ),
  "refuses what has expired": () =>
    jwt.verify(jwt.sign({ iat, exp: iat + 5 }, "secret"), "secret", { clockTimestamp }),
  "refuses what is not yet valid": () =>
    jwt.verify(jwt.sign({ iat, nbf: iat + 500 }, "secret"), "secret", { clockTimestamp }),
  "tolerates a clock": () =>
    jwt.verify(jwt.sign({ iat, exp: iat + 5 }, "secret"), "secret", { clockTimestamp, clockTolerance: 30 }),
  "refuses a wrong secret": () => jwt.verify(jwt.sign({ iat }, "secret"), "other"),
  "refuses another audience": () =>
    jwt.verify(jwt.sign({ iat, aud: ["x"] }, "secret"), "secret", { audience: /^urn:/ }),
  "refuses a wrong algorithm": () =>
    jwt.verify(jwt.sign({ iat }, "secret"), "secret", { algorithms: ["HS512"] }),
  "refuses nonsense": () =>
    [undefined, "", "a.b", "a.b.c"].map((token) => {
      try {
        return jwt.verify(token, "secret");
      } catch (error) {
        return [error.name, error.message];
      }
    }),
  "refuses wrong options": () => jwt.sign({}, "secret", { expiresIn: "nonsense" }),
  RS256: () => {
    const { publicKey, privateKey } = keysOf("rsa", { modulusLength: 2048 });
    return jwt.verify(jwt.sign({ a: 1, iat }, privateKey, { algorithm: "RS256" }), publicKey);
  },
  PS256: () => {
    const { publicKey, privateKey } = keysOf("rsa", { modulusLength: 2048 });
    return jwt.verify(jwt.sign({ a: 1, iat }, privateKey, { algorithm: "PS256" }), publicKey);
  },
  ES256: () => {
    const { publicKey, privateKey } = keysOf("ec", { namedCurve: "P-256" });
    return jwt.verify(jwt.sign({ a: 1, iat }, privateKey, { algorithm: "ES256" }), publicKey);
  },
  "refuses short RSA keys": () => {
    const { privateKey } = generateKeyPairSync("rsa", {
      modulusLength: 1024,
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    return jwt.sign({}, privateKey, { algorithm: "RS256" });
  },
  "errors have dates": () => {
    try {
      jwt.verify(jwt.sign({ iat, exp: iat + 5 }, "s"), "s", { clockTimestamp });
      return "verified";
    } catch (error) {
      return [error instanceof jwt.TokenExpiredError, error.expiredAt];
    }
  },
  "strings and buffers": () => [
    jwt.sign("just text", "secret"),
    jwt.verify(jwt.sign("just text", "secret"), "secret"),
    jwt.sign({ iat }, Buffer.from("secret")),
  ],
};
