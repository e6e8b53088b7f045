import * as jose from "jose";

const secret = new TextEncoder().encode("a-string-secret-at-least-256-bits-long");
const at = new Date("2024-02-29T13:05:09Z");
const seconds = Math.floor(at.getTime() / 1000);
const rsa = {
  kty: "RSA",
  n: "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
  e: "AQAB",
};
const ec = {
  kty: "EC",
  crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
  d: "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
};
const ed = {
  kty: "OKP",
  crv: "Ed25519",
  d: "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
  x: "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
};

export const cases = {
  "signs with HS256": () =>
    new jose.SignJWT({ sub: "zoë", admin: true })
      .setProtectedHeader({ alg: "HS256" })
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + 7200)
      .sign(secret),
  verifies: async () =>
    jose.jwtVerify(
      await new jose.SignJWT({ a: 1 })
        .setProtectedHeader({ alg: "HS512" })
        .setIssuer("me")
        .setAudience(["x", "y"])
        .setIssuedAt(seconds)
        .sign(secret),
      secret,
      { issuer: "me", audience: "x", currentDate: at },
    ),
  "refuses what has expired": async () =>
    jose.jwtVerify(
      await new jose.SignJWT({})
        .setProtectedHeader({ alg: "HS256" })
        .setExpirationTime(seconds - 1)
        .sign(secret),
      secret,
      { currentDate: at },
    ),
  "refuses another audience": async () =>
    jose.jwtVerify(
      await new jose.SignJWT({}).setProtectedHeader({ alg: "HS256" }).setAudience("a").sign(secret),
      secret,
      { audience: "b" },
    ),
  "refuses a wrong signature": async () =>
    jose.jwtVerify(
      (await new jose.SignJWT({}).setProtectedHeader({ alg: "HS256" }).sign(secret)).slice(0, -2) + "AA",
      secret,
    ),
  "refuses nonsense": () => jose.jwtVerify("a.b", secret),
  "EdDSA is deterministic": async () => {
    const key = await jose.importJWK(ed, "EdDSA");
    const { d, ...open } = ed;
    const token = await new jose.SignJWT({ a: 1 }).setProtectedHeader({ alg: "EdDSA" }).sign(key);
    return [d.length, token, (await jose.jwtVerify(token, await jose.importJWK(open, "EdDSA"))).payload];
  },
  "ES256 there and back": async () => {
    const { d, ...open } = ec;
    const token = await new jose.SignJWT({ a: 1 })
      .setProtectedHeader({ alg: "ES256" })
      .sign(await jose.importJWK(ec, "ES256"));
    return [d.length, (await jose.jwtVerify(token, await jose.importJWK(open, "ES256"))).protectedHeader];
  },
  "RS256 and PS256 there and back": async () => {
    const out = [];
    for (const alg of ["RS256", "PS256"]) {
      const { publicKey, privateKey } = await jose.generateKeyPair(alg, { extractable: true });
      const token = await new jose.SignJWT({ alg }).setProtectedHeader({ alg }).sign(privateKey);
      out.push((await jose.jwtVerify(token, publicKey)).payload);
    }
    return out;
  },
  "encrypts directly": async () => {
    const key = new Uint8Array(32).fill(7);
    const token = await new jose.EncryptJWT({ a: "grüße" })
      .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
      .encrypt(key);
    return [token.split(".").length, (await jose.jwtDecrypt(token, key)).payload];
  },
  "encrypts with key wrap": async () => {
    const key = new Uint8Array(16).fill(7);
    const sealed = await new jose.CompactEncrypt(new TextEncoder().encode("hi"))
      .setProtectedHeader({ alg: "A128KW", enc: "A128CBC-HS256" })
      .encrypt(key);
    return new TextDecoder().decode((await jose.compactDecrypt(sealed, key)).plaintext);
  },
  "encrypts to a public key": async () => {
    const { publicKey, privateKey } = await jose.generateKeyPair("ECDH-ES+A256KW");
    const token = await new jose.EncryptJWT({ a: 1 })
      .setProtectedHeader({ alg: "ECDH-ES+A256KW", enc: "A256GCM" })
      .encrypt(publicKey);
    return (await jose.jwtDecrypt(token, privateKey)).payload;
  },
  "encrypts with RSA-OAEP-256": async () => {
    const { publicKey, privateKey } = await jose.generateKeyPair("RSA-OAEP-256");
    const token = await new jose.EncryptJWT({ a: 1 })
      .setProtectedHeader({ alg: "RSA-OAEP-256", enc: "A256GCM" })
      .encrypt(publicKey);
    return (await jose.jwtDecrypt(token, privateKey)).payload;
  },
  thumbprints: async () => [
    await jose.calculateJwkThumbprint(rsa),
    await jose.calculateJwkThumbprint(ec, "sha512"),
    await jose.calculateJwkThumbprintUri(ed),
  ],
  "key sets": async () => {
    const { d, ...open } = ec;
    const set = jose.createLocalJWKSet({
      keys: [
        { ...open, kid: "one", alg: "ES256" },
        { ...rsa, kid: "two", alg: "RS256" },
      ],
    });
    const token = await new jose.SignJWT({ a: 1 })
      .setProtectedHeader({ alg: "ES256", kid: "one" })
      .sign(await jose.importJWK(ec, "ES256"));
    return [d.length, (await jose.jwtVerify(token, set)).payload];
  },
  "key sets without the key": async () => {
    const set = jose.createLocalJWKSet({ keys: [] });
    return jose.jwtVerify(
      await new jose.SignJWT({}).setProtectedHeader({ alg: "ES256" }).sign(await jose.importJWK(ec, "ES256")),
      set,
    );
  },
  "exports keys": async () => {
    const { publicKey, privateKey } = await jose.generateKeyPair("ES256", { extractable: true });
    return [
      (await jose.exportSPKI(publicKey)).split("\n")[0],
      (await jose.exportPKCS8(privateKey)).split("\n")[0],
      Object.keys(await jose.exportJWK(publicKey)),
    ];
  },
  "imports PEM": async () => {
    const { publicKey } = await jose.generateKeyPair("RS256", { extractable: true });
    const again = await jose.importSPKI(await jose.exportSPKI(publicKey), "RS256", { extractable: true });
    return (await jose.exportJWK(again)).n === (await jose.exportJWK(publicKey)).n;
  },
  decodes: () => [
    jose.decodeJwt("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."),
    jose.decodeProtectedHeader("eyJhbGciOiJIUzI1NiIsImtpZCI6IjEifQ.e30.x"),
  ],
  "general JWS": async () => {
    const key = secret;
    const jws = await new jose.GeneralSign(new TextEncoder().encode("x"))
      .addSignature(key)
      .setProtectedHeader({ alg: "HS256" })
      .done()
      .sign();
    return [jws, new TextDecoder().decode((await jose.generalVerify(jws, key)).payload)];
  },
  base64url: () => [
    jose.base64url.encode("grüße?>"),
    new TextDecoder().decode(jose.base64url.decode("Z3LDvMOfZT8-")),
  ],
  unsecured: () => [
    new jose.UnsecuredJWT({ a: 1 }).setIssuer("me").encode(),
    jose.UnsecuredJWT.decode(new jose.UnsecuredJWT({ a: 1 }).encode()).payload,
  ],
};
