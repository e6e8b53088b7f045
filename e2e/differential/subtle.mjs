import crypto from "node:crypto";
import { eventually, show } from "./attempt.mjs";
import * as fixed from "./fixed-keys.mjs";

const { subtle } = crypto.webcrypto;
const DATA = Buffer.from("data to be signed");

async function secrets(log) {
  for (const name of ["SHA-1", "SHA-256", "sha-384", { name: "SHA-512" }])
    log("digest", show(await subtle.digest(name, DATA)));
  for (const hash of ["SHA-1", "SHA-256", "SHA-384", "SHA-512"]) {
    const key = await subtle.importKey("raw", Buffer.from("hmac key"), { name: "HMAC", hash }, true, [
      "verify",
      "sign",
    ]);
    const signature = await subtle.sign("HMAC", key, DATA);
    log(
      `hmac ${hash}`,
      show(key.algorithm),
      show(key.usages),
      show(signature),
      String(await subtle.verify("HMAC", key, signature, DATA)),
      String(await subtle.verify("HMAC", key, new Uint8Array(3), DATA)),
      show(await subtle.exportKey("jwk", key)),
      show(await subtle.exportKey("raw", key)),
    );
  }
  for (const length of [128, 192, 256]) {
    const raw = Buffer.alloc(length / 8, 5);
    const text = Buffer.from("some text, longer than a block of the cipher");
    for (const algorithm of [
      { name: "AES-CBC", iv: Buffer.alloc(16, 1) },
      { name: "AES-CTR", counter: Buffer.alloc(16, 255), length: 64 },
      { name: "AES-CTR", counter: Buffer.alloc(16, 255), length: 3 },
      { name: "AES-GCM", iv: Buffer.alloc(12, 2) },
      { name: "AES-GCM", iv: Buffer.alloc(16, 2), additionalData: DATA, tagLength: 96 },
    ]) {
      const key = await subtle.importKey("raw", raw, algorithm.name, true, ["encrypt", "decrypt"]);
      const packed = await subtle.encrypt(algorithm, key, text);
      log(
        `${algorithm.name} ${length}`,
        show(packed),
        show(await subtle.decrypt(algorithm, key, packed)),
        show(await subtle.exportKey("jwk", key)),
      );
      if (algorithm.name === "AES-GCM")
        log("broken", await eventually(subtle.decrypt(algorithm, key, new Uint8Array(packed).fill(0, 0, 1))));
    }
    const wrapping = await subtle.importKey("raw", raw, "AES-KW", true, ["wrapKey", "unwrapKey"]);
    const inner = await subtle.importKey("raw", Buffer.alloc(16, 9), "AES-CBC", true, ["encrypt"]);
    const wrapped = await subtle.wrapKey("raw", inner, wrapping, "AES-KW");
    const back = await subtle.unwrapKey("raw", wrapped, wrapping, "AES-KW", "AES-CBC", true, ["encrypt"]);
    log("wrap", show(wrapped), show(await subtle.exportKey("raw", back)));
    const jwk = await subtle.wrapKey("jwk", inner, wrapping, "AES-KW");
    log(
      "wrap jwk",
      show(
        await subtle.exportKey(
          "jwk",
          await subtle.unwrapKey("jwk", jwk, wrapping, "AES-KW", "AES-CBC", true, ["encrypt"]),
        ),
      ),
    );
  }
  const password = await subtle.importKey("raw", Buffer.from("password"), "PBKDF2", false, [
    "deriveBits",
    "deriveKey",
  ]);
  const base = await subtle.importKey("raw", Buffer.from("input"), "HKDF", false, [
    "deriveBits",
    "deriveKey",
  ]);
  for (const hash of ["SHA-1", "SHA-256", "SHA-512"]) {
    log(
      `derive ${hash}`,
      show(await subtle.deriveBits({ name: "PBKDF2", hash, salt: DATA, iterations: 3 }, password, 256)),
      show(await subtle.deriveBits({ name: "HKDF", hash, salt: DATA, info: Buffer.alloc(3) }, base, 512)),
    );
  }
  const derived = await subtle.deriveKey(
    { name: "PBKDF2", hash: "SHA-256", salt: DATA, iterations: 3 },
    password,
    { name: "AES-GCM", length: 256 },
    true,
    ["encrypt"],
  );
  const derivedHmac = await subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: DATA, info: DATA },
    base,
    { name: "HMAC", hash: "SHA-512" },
    true,
    ["sign"],
  );
  log(
    "derived",
    show(await subtle.exportKey("raw", derived)),
    show(await subtle.exportKey("raw", derivedHmac)),
    show(derivedHmac.algorithm),
  );
}

const ASYMMETRIC = [
  ["rsa", { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" }, "sign", "verify"],
  ["rsa", { name: "RSA-PSS", hash: "SHA-384" }, "sign", "verify"],
  ["rsa", { name: "RSA-OAEP", hash: "SHA-1" }, "decrypt", "encrypt"],
  ["ec-256", { name: "ECDSA", namedCurve: "P-256" }, "sign", "verify"],
  ["ec-384", { name: "ECDSA", namedCurve: "P-384" }, "sign", "verify"],
  ["ec-521", { name: "ECDSA", namedCurve: "P-521" }, "sign", "verify"],
  ["ec-256", { name: "ECDH", namedCurve: "P-256" }, "deriveBits", undefined],
  ["ed25519", { name: "Ed25519" }, "sign", "verify"],
  ["x25519", { name: "X25519" }, "deriveBits", undefined],
];

async function pairs(log) {
  for (const [name, algorithm, ownUsage, openUsage] of ASYMMETRIC) {
    const object = crypto.createPrivateKey(fixed.PRIVATE_PEM[name]);
    const openUsages = openUsage ? [openUsage] : [];
    const key = await subtle.importKey(
      "pkcs8",
      object.export({ type: "pkcs8", format: "der" }),
      algorithm,
      true,
      [ownUsage],
    );
    const open = await subtle.importKey(
      "spki",
      crypto.createPublicKey(object).export({ type: "spki", format: "der" }),
      algorithm,
      true,
      openUsages,
    );
    const title = `${name} ${algorithm.name}`;
    log(
      title,
      show(key.algorithm),
      show(key.usages),
      show(open.algorithm),
      show(open.usages),
      key.type,
      open.type,
      String(key.extractable),
      Object.prototype.toString.call(key),
    );
    log(`${title} jwk`, show(await subtle.exportKey("jwk", key)), show(await subtle.exportKey("jwk", open)));
    log(
      `${title} der`,
      show(await subtle.exportKey("pkcs8", key)),
      show(await subtle.exportKey("spki", open)),
      await eventually(subtle.exportKey("raw", open)),
    );
    const again = await subtle.importKey("jwk", await subtle.exportKey("jwk", key), algorithm, true, [
      ownUsage,
    ]);
    log(
      `${title} again`,
      show(await subtle.exportKey("pkcs8", again)),
      String(crypto.KeyObject.from(key).equals(object)),
    );
    if (ownUsage === "sign") {
      const parameters = { ...algorithm, hash: "SHA-256", saltLength: 20 };
      const signature = await subtle.sign(parameters, key, DATA);
      log(
        `${title} sign`,
        show(signature.byteLength),
        String(await subtle.verify(parameters, open, signature, DATA)),
        String(await subtle.verify(parameters, open, signature, Buffer.from("x"))),
        name === "ed25519" || algorithm.name.startsWith("RSASSA") ? show(signature) : "",
      );
    } else if (ownUsage === "decrypt") {
      const packed = await subtle.encrypt({ name: "RSA-OAEP", label: DATA }, open, DATA);
      log(
        `${title} decrypt`,
        show(await subtle.decrypt({ name: "RSA-OAEP", label: DATA }, key, packed)),
        await eventually(subtle.decrypt({ name: "RSA-OAEP" }, key, packed)),
      );
    } else {
      const other = await subtle.importKey(
        "spki",
        crypto.createPublicKey(fixed.OTHER_PUBLIC[name]).export({ type: "spki", format: "der" }),
        algorithm,
        true,
        [],
      );
      for (const length of [null, 256, 128, 250])
        log(
          `${title} bits ${length}`,
          show(await subtle.deriveBits({ name: algorithm.name, public: other }, key, length)),
        );
    }
  }
  for (const [algorithm, usages] of [
    [{ name: "ECDSA", namedCurve: "P-384" }, ["sign", "verify"]],
    [
      { name: "RSA-PSS", modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" },
      ["verify", "sign"],
    ],
    [{ name: "Ed25519" }, ["sign", "verify"]],
    [{ name: "X25519" }, ["deriveKey"]],
    [{ name: "ECDH", namedCurve: "P-256" }, ["deriveKey", "deriveBits"]],
  ]) {
    const { publicKey, privateKey } = await subtle.generateKey(algorithm, false, usages);
    log(
      "generated",
      show(publicKey.algorithm),
      show(publicKey.usages),
      show(privateKey.usages),
      String(privateKey.extractable),
      String(publicKey.extractable),
    );
  }
  for (const algorithm of [
    { name: "HMAC", hash: "SHA-1" },
    { name: "HMAC", hash: "SHA-512", length: 104 },
    { name: "AES-GCM", length: 192 },
  ]) {
    const key = await subtle.generateKey(algorithm, true, algorithm.name === "HMAC" ? ["sign"] : ["encrypt"]);
    log("generated", show(key.algorithm), show((await subtle.exportKey("raw", key)).byteLength));
  }
}

async function errors(log) {
  const hmac = await subtle.generateKey({ name: "hmac", hash: "SHA-256" }, false, ["sign"]);
  const ec = await subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const ecdh = await subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, [
    "deriveBits",
    "deriveKey",
  ]);
  const gcm = await subtle.importKey("raw", Buffer.alloc(16), "AES-GCM", true, ["encrypt", "decrypt"]);
  const cbc = await subtle.importKey("raw", Buffer.alloc(16), "AES-CBC", true, ["encrypt", "decrypt"]);
  const ctr = await subtle.importKey("raw", Buffer.alloc(16), "AES-CTR", true, ["encrypt", "decrypt"]);
  const password = await subtle.importKey("raw", Buffer.from("p"), "PBKDF2", false, [
    "deriveBits",
    "deriveKey",
  ]);
  const jwk = await subtle.exportKey("jwk", ec.privateKey);
  const hash = { name: "HMAC", hash: "SHA-1" };
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const acts = [
    () => subtle.digest("nope", DATA),
    () => subtle.digest("SHA-256"),
    () => subtle.digest("SHA-256", "x"),
    () => subtle.digest({}, DATA),
    () => subtle.digest("MD5", DATA),
    () => subtle.exportKey("raw", hmac),
    () => subtle.verify("HMAC", hmac, DATA, DATA),
    () => subtle.sign("HMAC", ec.privateKey, DATA),
    () => subtle.sign({ name: "ECDSA", hash: "SHA-256" }, ec.publicKey, DATA),
    () => subtle.sign({ name: "ECDSA" }, ec.privateKey, DATA),
    () => subtle.generateKey(hash, true, []),
    () => subtle.generateKey(hash, true, ["encrypt"]),
    () => subtle.generateKey(hash, true, ["foo"]),
    () => subtle.generateKey({ name: "ECDSA", namedCurve: "P-999" }, true, ["sign"]),
    () => subtle.generateKey({ name: "AES-CBC", length: 100 }, true, ["encrypt"]),
    () => subtle.generateKey("nope", true, ["encrypt"]),
    () => subtle.generateKey(curve, true, ["verify"]),
    () => subtle.importKey("foo", Buffer.alloc(16), "AES-CBC", true, ["encrypt"]),
    () => subtle.importKey("raw", Buffer.alloc(15), "AES-CBC", true, ["encrypt"]),
    () => subtle.importKey("raw", Buffer.alloc(16), "AES-CBC", true, []),
    () => subtle.importKey("raw", Buffer.alloc(16), "AES-CBC", true, ["sign"]),
    () => subtle.importKey("raw", Buffer.alloc(0), hash, true, ["sign"]),
    () => subtle.importKey("jwk", { kty: "RSA" }, hash, true, ["sign"]),
    () => subtle.importKey("spki", Buffer.alloc(5), curve, true, ["verify"]),
    () => subtle.importKey("pkcs8", Buffer.alloc(5), curve, true, ["sign"]),
    () => subtle.importKey("raw", Buffer.alloc(65), curve, true, ["verify"]),
    () => subtle.importKey("raw", Buffer.alloc(65), { name: "RSA-PSS", hash: "SHA-1" }, true, ["verify"]),
    () => subtle.importKey("jwk", { kty: "oct", k: "AAAA", ext: false }, hash, true, ["sign"]),
    () => subtle.importKey("jwk", { kty: "oct", k: "AAAA", alg: "HS512" }, hash, true, ["sign"]),
    () => subtle.importKey("jwk", { kty: "oct", k: "AAAA", use: "enc" }, hash, true, ["sign"]),
    () => subtle.importKey("jwk", { kty: "oct", k: "AAAA", key_ops: ["verify"] }, hash, true, ["sign"]),
    () => subtle.importKey("jwk", jwk, curve, true, []),
    () => subtle.importKey("jwk", jwk, { name: "ECDSA", namedCurve: "P-384" }, true, ["sign"]),
    () => subtle.decrypt({ name: "AES-GCM", iv: Buffer.alloc(12) }, gcm, Buffer.alloc(20)),
    () => subtle.decrypt({ name: "AES-GCM", iv: Buffer.alloc(12) }, gcm, Buffer.alloc(10)),
    () => subtle.encrypt({ name: "AES-GCM" }, gcm, DATA),
    () => subtle.encrypt({ name: "AES-GCM", iv: Buffer.alloc(12), tagLength: 33 }, gcm, DATA),
    () => subtle.encrypt({ name: "AES-CBC", iv: Buffer.alloc(12) }, cbc, DATA),
    () => subtle.decrypt({ name: "AES-CBC", iv: Buffer.alloc(16) }, cbc, Buffer.alloc(16)),
    () => subtle.encrypt({ name: "AES-CTR", counter: Buffer.alloc(15), length: 4 }, ctr, DATA),
    () => subtle.encrypt({ name: "AES-CTR", counter: Buffer.alloc(16), length: 0 }, ctr, DATA),
    () => subtle.encrypt({ name: "AES-CTR", counter: Buffer.alloc(16), length: 1 }, ctr, Buffer.alloc(64)),
    () => subtle.importKey("raw", DATA, "PBKDF2", true, ["deriveBits"]),
    () => subtle.deriveBits({ name: "PBKDF2", salt: DATA, iterations: 0, hash: "SHA-1" }, password, 128),
    () => subtle.deriveBits({ name: "PBKDF2", salt: DATA, iterations: 1, hash: "SHA-1" }, password, 127),
    () => subtle.deriveBits({ name: "PBKDF2", salt: DATA, iterations: 1, hash: "SHA-1" }, password, null),
    () => subtle.deriveBits({ name: "ECDH", public: ecdh.publicKey }, ecdh.privateKey, 512),
    () => subtle.deriveBits({ name: "ECDH", public: ecdh.privateKey }, ecdh.privateKey, null),
    () => subtle.encrypt({ name: "AES-CBC", iv: Buffer.alloc(16) }, gcm, DATA),
    () => subtle.decrypt({ name: "RSA-OAEP" }, gcm, DATA),
    () => subtle.deriveBits({ name: "HKDF", salt: DATA, info: DATA, hash: "SHA-1" }, password, 128),
    () => subtle.generateKey({ name: "HMAC", hash: "SHA-1", length: 100 }, true, ["sign"]),
    () => subtle.digest.call({}, "SHA-1", DATA),
    () => subtle.sign("HMAC", 5, DATA),
    () => subtle.importKey("jwk", {}, hash, true, ["sign"]),
  ];
  for (const [index, act] of acts.entries()) log(`error ${index}`, await eventually(act));
}

/** Calls `log(name, ...results)` for every case. */
export async function run(log) {
  await secrets(log);
  await pairs(log);
  await errors(log);
}
