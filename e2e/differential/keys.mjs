import crypto from "node:crypto";
import { attempt, eventually, show } from "./attempt.mjs";
import * as fixed from "./fixed-keys.mjs";

const DATA = Buffer.from("data to be signed");

function kinds() {
  return Object.entries(fixed.PRIVATE_PEM).map(([name, pem]) => [name, crypto.createPrivateKey(pem)]);
}

function details(key) {
  return [key.type, key.asymmetricKeyType, show(key.asymmetricKeyDetails)];
}

function forms(log) {
  for (const [name, key] of kinds()) {
    log(name, ...details(key), Object.prototype.toString.call(key));
    const open = crypto.createPublicKey(key);
    log(
      `${name} public`,
      ...details(open),
      String(open.equals(crypto.createPublicKey(fixed.PRIVATE_PEM[name]))),
      String(key.equals(open)),
    );
    const isRsa = name === "rsa";
    const isEc = key.asymmetricKeyType === "ec";
    for (const type of ["pkcs8", ...(isRsa ? ["pkcs1"] : []), ...(isEc ? ["sec1"] : [])]) {
      const pem = key.export({ type, format: "pem" });
      const der = key.export({ type, format: "der" });
      log(`${name} ${type}`, show(pem), show(der));
      log(
        `${name} ${type} back`,
        String(crypto.createPrivateKey(pem).equals(key)),
        String(crypto.createPrivateKey({ key: der, format: "der", type }).equals(key)),
      );
      for (const cipher of ["aes-256-cbc", "aes-128-cbc", "des-ede3-cbc"]) {
        const locked = key.export({ type, format: "pem", cipher, passphrase: "secret" });
        log(
          `${name} ${type} ${cipher}`,
          locked.split("\n")[0],
          String(crypto.createPrivateKey({ key: locked, passphrase: "secret" }).equals(key)),
          attempt(() => crypto.createPrivateKey({ key: locked, passphrase: "wrong" })).slice(0, 12),
          attempt(() => crypto.createPrivateKey(locked)),
        );
      }
    }
    for (const type of ["spki", ...(isRsa ? ["pkcs1"] : [])]) {
      const pem = open.export({ type, format: "pem" });
      log(
        `${name} ${type}`,
        show(pem),
        String(crypto.createPublicKey(pem).equals(open)),
        String(
          crypto
            .createPublicKey({ key: open.export({ type, format: "der" }), format: "der", type })
            .equals(open),
        ),
      );
    }
    log(
      `${name} jwk`,
      attempt(() => key.export({ format: "jwk" })),
      attempt(() => open.export({ format: "jwk" })),
    );
    if (name !== "rsa-pss") {
      log(
        `${name} jwk back`,
        String(crypto.createPrivateKey({ key: key.export({ format: "jwk" }), format: "jwk" }).equals(key)),
        String(crypto.createPublicKey({ key: key.export({ format: "jwk" }), format: "jwk" }).equals(open)),
      );
    }
  }
  for (const [name, pem] of Object.entries(fixed.LOCKED_PEM))
    log(
      `locked ${name}`,
      show(
        crypto.createPrivateKey({ key: pem, passphrase: "secret" }).export({ type: "pkcs8", format: "der" }),
      ),
    );
  const secret = crypto.createSecretKey(Buffer.from("secret"));
  log(
    "secret",
    secret.type,
    show(secret.symmetricKeySize),
    show(secret.export()),
    show(secret.export({ format: "jwk" })),
    String(secret.equals(crypto.createSecretKey("736563726574", "hex"))),
  );
  log("certificate", show(crypto.createPublicKey(fixed.CERTIFICATE).export({ type: "spki", format: "der" })));
}

function signatures(log) {
  for (const [name, key] of kinds()) {
    if (name === "x25519" || name === "dh") continue;
    const open = crypto.createPublicKey(key);
    if (name === "ed25519") {
      const signature = crypto.sign(null, DATA, key);
      log(
        "ed25519",
        show(signature),
        String(crypto.verify(null, DATA, open, signature)),
        String(crypto.verify(null, Buffer.from("other"), open, signature)),
        attempt(() => crypto.sign("sha256", DATA, key)),
        attempt(() => crypto.createSign("sha256").update(DATA).sign(key)),
      );
      continue;
    }
    for (const hash of [
      "sha1",
      "sha224",
      "sha256",
      "sha384",
      "sha512",
      "RSA-SHA256",
      "sha3-256",
      "md5",
      "ripemd160",
    ]) {
      if (name === "rsa-pss" && !/sha256/i.test(hash)) continue;
      const signature = crypto.createSign(hash).update(DATA).sign(key);
      const isFixed = name === "rsa";
      log(
        `${name} ${hash}`,
        isFixed ? show(signature) : "",
        String(crypto.createVerify(hash).update(DATA).verify(open, signature)),
        String(crypto.createVerify(hash).update("x").verify(open, signature)),
      );
      log(
        `${name} ${hash} at once`,
        String(crypto.verify(hash, DATA, open, crypto.sign(hash, DATA, key))),
        String(
          crypto
            .createVerify(hash)
            .update(DATA)
            .verify(fixed.PRIVATE_PEM[name], signature.toString("base64"), "base64"),
        ),
      );
    }
    for (const [hash, signature] of fixed.SIGNATURES[name] ?? [])
      log(`${name} fixed ${hash}`, String(crypto.verify(hash, DATA, open, Buffer.from(signature, "base64"))));
    if (key.asymmetricKeyType === "ec") {
      const raw = crypto.sign("sha256", DATA, { key, dsaEncoding: "ieee-p1363" });
      log(
        `${name} raw`,
        show(raw.length),
        String(crypto.verify("sha256", DATA, { key: open, dsaEncoding: "ieee-p1363" }, raw)),
        String(crypto.verify("sha256", DATA, open, raw)),
      );
      log(
        `${name} broken`,
        String(crypto.verify("sha256", DATA, open, Buffer.from("3006020101020101", "hex"))),
        String(crypto.verify("sha256", DATA, open, Buffer.alloc(0))),
        String(crypto.verify("sha256", DATA, open, Buffer.from("nonsense"))),
      );
    }
  }
  const rsa = crypto.createPrivateKey(fixed.PRIVATE_PEM.rsa);
  const open = crypto.createPublicKey(rsa);
  for (const saltLength of [undefined, -1, -2, 0, 20, 32]) {
    const options = { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength };
    const signature = crypto.sign("sha256", DATA, { key: rsa, ...options });
    log(
      `pss ${saltLength}`,
      String(crypto.verify("sha256", DATA, { key: open, ...options }, signature)),
      String(crypto.verify("sha256", DATA, { key: open, ...options, saltLength: 5 }, signature)),
      String(crypto.verify("sha256", DATA, { key: open, ...options, saltLength: -2 }, signature)),
    );
  }
  for (const [hash, signature, options] of fixed.PSS_SIGNATURES)
    log(
      "pss fixed",
      String(
        crypto.verify(hash, DATA, { key: open, padding: 6, ...options }, Buffer.from(signature, "base64")),
      ),
    );
  log("pss salt 0", show(crypto.sign("sha256", DATA, { key: rsa, padding: 6, saltLength: 0 })));
}

function encryption(log) {
  const key = crypto.createPrivateKey(fixed.PRIVATE_PEM.rsa);
  const open = crypto.createPublicKey(key);
  const text = Buffer.from("secret text");
  for (const options of [
    {},
    { padding: 1 },
    { padding: 4 },
    { oaepHash: "sha256" },
    { oaepHash: "sha512", oaepLabel: Buffer.from("label") },
  ]) {
    const packed = crypto.publicEncrypt({ key: open, ...options }, text);
    log(
      `encrypt ${JSON.stringify(options)}`,
      show(packed.length),
      show(crypto.privateDecrypt({ key, ...options }, packed)),
    );
  }
  for (const [options, packed] of fixed.ENCRYPTED)
    log(
      "decrypt fixed",
      show(
        crypto.privateDecrypt(
          { key, ...options, ...(options.oaepLabel && { oaepLabel: Buffer.from(options.oaepLabel) }) },
          Buffer.from(packed, "base64"),
        ),
      ),
    );
  log(
    "private",
    show(crypto.privateEncrypt(key, text)),
    show(crypto.publicDecrypt(open, crypto.privateEncrypt(key, text))),
  );
  const block = Buffer.alloc(256, 7);
  block[0] = 0;
  log(
    "raw",
    show(crypto.publicEncrypt({ key: open, padding: 3 }, block)),
    show(crypto.privateDecrypt({ key, padding: 3 }, crypto.publicEncrypt({ key: open, padding: 3 }, block))),
  );
  log("pkcs1 garbage", show(crypto.privateDecrypt({ key, padding: 1 }, Buffer.alloc(256, 5))));
}

function agreement(log) {
  for (const curve of ["prime256v1", "secp384r1", "secp521r1", "secp256k1"]) {
    const left = crypto.createECDH(curve);
    const right = crypto.createECDH(curve);
    left.setPrivateKey(Buffer.alloc(31, 3));
    right.setPrivateKey("0102030405060708090a", "hex");
    log(
      curve,
      left.getPublicKey("hex"),
      left.getPublicKey("hex", "compressed"),
      left.getPublicKey("hex", "hybrid"),
      right.getPrivateKey("hex"),
    );
    log(
      curve,
      left.computeSecret(right.getPublicKey(), null, "hex"),
      right.computeSecret(left.getPublicKey(null, "compressed")).toString("hex"),
      right.computeSecret(left.getPublicKey(null, "hybrid")).toString("hex"),
    );
    log(
      curve,
      crypto.ECDH.convertKey(left.getPublicKey(), curve, null, "hex", "compressed"),
      crypto.ECDH.convertKey(left.getPublicKey("hex", "compressed"), curve, "hex", "hex"),
    );
    const fresh = crypto.createECDH(curve);
    const point = fresh.generateKeys("hex", "compressed");
    log(curve, String(fresh.getPublicKey("hex", "compressed") === point));
  }
  for (const [name, key] of kinds()) {
    if (name === "x25519" || key.asymmetricKeyType === "ec") {
      const other = crypto.createPublicKey(fixed.OTHER_PUBLIC[name]);
      log(`diffieHellman ${name}`, show(crypto.diffieHellman({ privateKey: key, publicKey: other })));
    }
  }
  for (const group of ["modp1", "modp5", "modp14", "modp18"]) {
    const dh = crypto.getDiffieHellman(group);
    log(group, show(dh.getPrime()), show(dh.getGenerator()), show(dh.getPrime("base64").length));
  }
  const prime = crypto.getDiffieHellman("modp14").getPrime();
  const left = crypto.createDiffieHellman(prime, 2);
  const right = crypto.createDiffieHellman(prime.toString("hex"), "hex", Buffer.from([2]));
  left.setPrivateKey(Buffer.alloc(30, 9));
  right.setPrivateKey(Buffer.alloc(40, 5));
  log(
    "dh",
    show(left.generateKeys()),
    show(right.generateKeys("hex").length),
    show(left.computeSecret(right.getPublicKey())),
    show(right.computeSecret(left.getPublicKey(), null, "base64").length),
    show(left.verifyError),
  );
  const own = crypto.getDiffieHellman("modp5");
  const its = crypto.getDiffieHellman("modp5");
  own.generateKeys();
  its.generateKeys();
  log(
    "dh group",
    String(own.computeSecret(its.getPublicKey()).equals(its.computeSecret(own.getPublicKey()))),
  );
}

async function generation(log) {
  for (const [type, options] of [
    ["rsa", { modulusLength: 1024 }],
    ["rsa", { modulusLength: 1024, publicExponent: 3 }],
    [
      "rsa-pss",
      { modulusLength: 1024, hashAlgorithm: "sha256", mgf1HashAlgorithm: "sha256", saltLength: 32 },
    ],
    ["ec", { namedCurve: "P-256" }],
    ["ec", { namedCurve: "secp521r1" }],
    ["ed25519"],
    ["x25519"],
  ]) {
    const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
    log(`generated ${type}`, ...details(publicKey), ...details(privateKey));
    if (type === "rsa")
      log("works", String(crypto.verify("sha256", DATA, publicKey, crypto.sign("sha256", DATA, privateKey))));
  }
  const encoded = crypto.generateKeyPairSync("ec", {
    namedCurve: "P-384",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "sec1", format: "der" },
  });
  log("encoded", encoded.publicKey.split("\n")[0], show(encoded.privateKey.length));
  log(
    "callback",
    await new Promise((resolve) =>
      crypto.generateKeyPair("ed25519", (error, publicKey, privateKey) =>
        resolve(`${error} ${publicKey.type} ${privateKey.type}`),
      ),
    ),
  );
  log(
    "keys",
    show(crypto.generateKeySync("hmac", { length: 123 }).symmetricKeySize),
    show(crypto.generateKeySync("aes", { length: 256 }).symmetricKeySize),
    attempt(() => crypto.generateKeySync("aes", { length: 100 })),
  );
  log(
    "primes",
    String(crypto.checkPrimeSync(crypto.generatePrimeSync(64))),
    String(crypto.checkPrimeSync(91n)),
    String(crypto.checkPrimeSync(97n)),
    String(crypto.generatePrimeSync(32, { bigint: true }) > 2n ** 31n),
    String(crypto.checkPrimeSync(Buffer.from([1, 0, 1]))),
  );
}

function certificates(log) {
  for (const pem of [fixed.CERTIFICATE, fixed.EC_CERTIFICATE]) {
    const one = new crypto.X509Certificate(pem);
    for (const name of [
      "subject",
      "issuer",
      "subjectAltName",
      "infoAccess",
      "validFrom",
      "validTo",
      "fingerprint",
      "fingerprint256",
      "fingerprint512",
      "keyUsage",
      "serialNumber",
      "ca",
    ])
      log(`x509 ${name}`, show(one[name]));
    log(
      "x509",
      show(one.raw),
      String(one.toString() === pem),
      String(one.verify(one.publicKey)),
      String(one.checkIssued(one)),
      show(one.publicKey.asymmetricKeyType),
      String(one.toJSON() === one.toString()),
    );
    for (const host of [
      "example.com",
      "www.example.com",
      "a.b.example.com",
      "other.org",
      "EXAMPLE.com",
      "localhost",
    ])
      log(`host ${host}`, show(one.checkHost(host)));
    for (const ip of ["127.0.0.1", "::1", "1.2.3.4"]) log(`ip ${ip}`, show(one.checkIP(ip)));
    for (const email of ["me@example.com", "you@example.com"])
      log(`email ${email}`, show(one.checkEmail(email)));
  }
  log(
    "not one",
    attempt(() => new crypto.X509Certificate("nope")),
    attempt(() => new crypto.X509Certificate(5)),
  );
  const key = crypto.createPrivateKey(fixed.PRIVATE_PEM.rsa);
  log("private", String(new crypto.X509Certificate(fixed.CERTIFICATE).checkPrivateKey(key)));
}

function errors(log) {
  const { rsa, ed25519, "ec-256": ec } = Object.fromEntries(kinds());
  const openRsa = crypto.createPublicKey(rsa);
  const openEd = crypto.createPublicKey(ed25519);
  const acts = [
    () => crypto.createPrivateKey("nope"),
    () => crypto.createPublicKey("nope"),
    () => crypto.createPrivateKey(),
    () => crypto.createPrivateKey({ key: Buffer.alloc(5), format: "der" }),
    () => crypto.createPublicKey({ key: Buffer.alloc(5), format: "der", type: "spki" }),
    () => crypto.createSecretKey(),
    () => crypto.createSecretKey(Buffer.alloc(0)).type,
    () => crypto.createPrivateKey({ key: { kty: "RSA" }, format: "jwk" }),
    () => crypto.createPrivateKey({ key: { kty: "foo" }, format: "jwk" }),
    () => crypto.createPrivateKey({ key: { kty: "EC", crv: "P-999", x: "", y: "", d: "" }, format: "jwk" }),
    () => crypto.createPrivateKey({ key: { ...ec.export({ format: "jwk" }), x: "AAAA" }, format: "jwk" }),
    () => crypto.createPrivateKey({ key: "x", format: "foo" }),
    () => crypto.createPrivateKey({ key: "x", passphrase: 5 }),
    () => crypto.createPublicKey(openRsa),
    () => crypto.createPrivateKey(rsa),
    () => crypto.createPrivateKey(5),
    () => crypto.createPublicKey({}),
    () => crypto.createSign("nope"),
    () => crypto.createSign("sha256").sign(),
    () => crypto.createSign("sha256").sign("nope"),
    () => crypto.sign("nope", DATA, rsa),
    () => crypto.sign("sha256", "text", rsa),
    () => crypto.sign("sha256", DATA),
    () => crypto.sign("sha256", DATA, openRsa),
    () => crypto.verify("sha256", DATA, crypto.createSecretKey(Buffer.alloc(5)), Buffer.alloc(3)),
    () => crypto.sign("sha256", DATA, { key: rsa, padding: "x" }),
    () => crypto.sign("sha256", DATA, { key: ec, dsaEncoding: "x" }),
    () => crypto.verify("sha256", DATA, openRsa, "x"),
    () => crypto.publicEncrypt(openRsa, Buffer.alloc(300)),
    () => crypto.publicEncrypt({ key: openRsa, padding: 1 }, Buffer.alloc(256)),
    () => crypto.privateEncrypt(rsa, Buffer.alloc(256)),
    () => crypto.publicEncrypt({ key: openRsa, oaepHash: "nope" }, Buffer.alloc(1)),
    () => crypto.publicEncrypt({ key: openRsa, oaepHash: 5 }, Buffer.alloc(1)),
    () => crypto.privateDecrypt(rsa, Buffer.alloc(256)),
    () => crypto.generateKeyPairSync("nope"),
    () => crypto.generateKeyPairSync("rsa"),
    () => crypto.generateKeyPairSync("ec", { namedCurve: "nope" }),
    () => crypto.generateKeyPairSync("rsa", { modulusLength: "a" }),
    () =>
      crypto.generateKeyPairSync("rsa", {
        modulusLength: 1024,
        publicKeyEncoding: { type: "sec1", format: "pem" },
      }),
    () => crypto.generateKeyPair("rsa", { modulusLength: 1024 }),
    () => crypto.createECDH("nope"),
    () => crypto.createECDH("prime256v1").computeSecret("aa"),
    () => {
      const x = crypto.createECDH("prime256v1");
      x.generateKeys();
      x.computeSecret("aa", "hex");
    },
    () => crypto.createECDH("prime256v1").getPublicKey(),
    () => crypto.createECDH("prime256v1").setPrivateKey(Buffer.alloc(32)),
    () => crypto.createECDH("prime256v1").getPublicKey("hex", "foo"),
    () => crypto.diffieHellman({ privateKey: ec, publicKey: openEd }),
    () => crypto.diffieHellman({}),
    () => crypto.createDiffieHellman(1),
    () => crypto.getDiffieHellman("nope"),
    () => crypto.createDiffieHellman(true),
    () => new crypto.KeyObject("nope", {}),
    () => crypto.KeyObject.from(5),
    () => rsa.export(),
    () => rsa.export({ format: "pem" }),
    () => rsa.export({ format: "pem", type: "spki" }),
    () => openEd.export({ format: "der", type: "pkcs1" }),
    () => openRsa.equals(5),
    () => rsa.export({ format: "pem", type: "pkcs8", cipher: "nope", passphrase: "x" }),
    () => rsa.export({ format: "pem", type: "pkcs8", cipher: "aes-256-cbc" }),
    () => ec.export({ format: "der", type: "sec1", cipher: "aes-256-cbc", passphrase: "x" }),
    () => ed25519.export({ format: "pem", type: "sec1" }),
    () => crypto.createSecretKey("x", 5),
  ];
  acts.forEach((act, index) => log(`error ${index}`, attempt(act)));
}

/** Calls `log(name, ...results)` for every case. */
export async function run(log) {
  forms(log);
  signatures(log);
  encryption(log);
  agreement(log);
  await generation(log);
  certificates(log);
  errors(log);
  log(
    "async",
    await eventually(
      new Promise((resolve, reject) =>
        crypto.sign("sha256", DATA, fixed.PRIVATE_PEM.rsa, (error, signature) =>
          error ? reject(error) : resolve(signature),
        ),
      ),
    ),
  );
}
