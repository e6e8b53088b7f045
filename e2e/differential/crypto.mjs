import crypto from "node:crypto";
import { Readable } from "node:stream";
import { attempt, generator, show } from "./attempt.mjs";

const HASHES = [
  "md5",
  "sha1",
  "sha224",
  "sha256",
  "sha384",
  "sha512",
  "sha512-256",
  "sha512-224",
  "sha3-224",
  "sha3-256",
  "sha3-384",
  "sha3-512",
  "ripemd160",
  "rmd160",
  "blake2b512",
  "blake2s256",
  "md5-sha1",
  "SHA256",
  "RSA-SHA256",
  "sha256WithRSAEncryption",
];

function hashes(log) {
  const random = generator(1);
  const inputs = [
    Buffer.alloc(0),
    Buffer.from("abc"),
    random.bytes(63),
    random.bytes(64),
    random.bytes(65),
    random.bytes(1000),
    random.bytes(5000),
  ];
  for (const name of HASHES) {
    for (const input of inputs) {
      log(`hash ${name}`, crypto.createHash(name).update(input).digest("hex"));
      log(`hmac ${name}`, crypto.createHmac(name, "key").update(input).digest("base64"));
    }
  }
  for (const outputLength of [0, 1, 16, 200]) {
    for (const name of ["shake128", "shake256"])
      log(name, crypto.createHash(name, { outputLength }).update("abc").digest("hex"));
  }
  log(
    "shake",
    crypto.createHash("shake128").update("abc").digest("hex"),
    crypto.createHash("shake256").update("abc").digest("hex"),
  );
  log("long key", crypto.createHmac("sha256", random.bytes(200)).update("x").digest("base64url"));
  const hash = crypto.createHash("sha256").update("a");
  const copy = hash.copy();
  log("copy", hash.update("b").digest("hex"), copy.update("c").digest("latin1"));
  log(
    "chained",
    crypto
      .createHash("sha1")
      .update("é", "latin1")
      .update("é")
      .update("ff00", "hex")
      .update("/+8=", "base64")
      .digest("hex"),
  );
  log("surrogate", crypto.createHash("sha1").update("\ud800x").digest("hex"));
  log(
    "views",
    crypto
      .createHash("md5")
      .update(new Uint16Array([1, 2]))
      .update(new DataView(new ArrayBuffer(3)))
      .digest("hex"),
  );
  log(
    "properties",
    String(crypto.createHash("md5") instanceof crypto.Hash),
    String(crypto.Hash("md5") instanceof crypto.Hash),
  );
  if (crypto.hash)
    log(
      "hash()",
      crypto.hash("sha1", "abc"),
      show(crypto.hash("sha1", "abc", "buffer")),
      crypto.hash("sha256", Buffer.from("x"), "base64"),
    );
  log(
    "getHashes",
    crypto
      .getHashes()
      .filter((name) => !/sm3/i.test(name))
      .join(),
  );
  const acts = [
    () => crypto.createHash("nope"),
    () => crypto.createHash(),
    () => crypto.createHash(5),
    () => crypto.createHmac("nope", "k"),
    () => crypto.createHmac("sha256"),
    () => crypto.createHmac("sha256", null),
    () => crypto.createHmac(5, "x"),
    () => crypto.createHash("sha256").update(5),
    () => crypto.createHash("sha256").update(),
    () => crypto.createHash("sha256", { outputLength: -1 }),
    () => crypto.createHash("sha256", { outputLength: 32 }).digest("hex"),
    () => {
      const h = crypto.createHash("sha256");
      h.digest();
      h.update("x");
    },
    () => {
      const h = crypto.createHash("sha256");
      h.digest();
      h.digest();
    },
    () => {
      const h = crypto.createHash("sha256");
      h.digest();
      h.copy();
    },
    () => {
      const h = crypto.createHmac("sha256", "k");
      h.digest();
      return h.digest("hex");
    },
    () => {
      const h = crypto.createHmac("sha256", "k");
      h.digest();
      return h.update("x");
    },
  ];
  acts.forEach((act, index) => log(`hash error ${index}`, attempt(act)));
}

async function hashStreams(log) {
  const hash = crypto.createHash("sha256");
  Readable.from([Buffer.from("one"), Buffer.from("two")]).pipe(hash);
  const chunks = [];
  for await (const chunk of hash) chunks.push(chunk);
  log("hash stream", show(Buffer.concat(chunks)));
  const hmac = crypto.createHmac("sha1", "k");
  hmac.setEncoding("hex");
  hmac.end("text");
  log("hmac stream", await new Promise((resolve) => hmac.on("data", resolve)));
  const written = crypto.createHash("md5");
  written.write("abc");
  written.end();
  log(
    "written",
    await new Promise((resolve) => written.on("finish", () => resolve(written.read().toString("hex")))),
  );
  const cipher = crypto.createCipheriv("aes-128-cbc", Buffer.alloc(16), Buffer.alloc(16));
  cipher.end("some text for the cipher stream");
  const parts = [];
  for await (const chunk of cipher) parts.push(chunk);
  log("cipher stream", show(Buffer.concat(parts)));
  const decipher = crypto.createDecipheriv("aes-128-cbc", Buffer.alloc(16), Buffer.alloc(16));
  decipher.end(Buffer.alloc(15));
  log(
    "decipher stream",
    await new Promise((resolve) => decipher.on("error", (error) => resolve(error.code))),
  );
}

async function derivation(log) {
  for (const digest of ["sha1", "sha256", "sha384", "sha512", "md5", "sha3-256", "ripemd160"]) {
    for (const length of [1, 20, 64, 100])
      log(`pbkdf2 ${digest} ${length}`, show(crypto.pbkdf2Sync("password", "salt", 7, length, digest)));
  }
  for (const digest of ["sha1", "sha256", "sha512"]) {
    for (const length of [1, 32, 200])
      log(`hkdf ${digest}`, show(crypto.hkdfSync(digest, "key", "salt", "info", length)));
  }
  log(
    "hkdf empty",
    show(crypto.hkdfSync("sha256", "key", "", "", 10)),
    show(
      crypto.hkdfSync(
        "sha256",
        crypto.createSecretKey(Buffer.from("key")),
        Buffer.alloc(0),
        new Uint8Array(2),
        10,
      ),
    ),
  );
  for (const options of [
    undefined,
    { N: 16 },
    { cost: 1024, blockSize: 8, parallelization: 3 },
    { N: 2, r: 1, p: 1 },
    { N: 16384, r: 8, p: 1 },
  ]) {
    log(
      `scrypt ${JSON.stringify(options)}`,
      show(crypto.scryptSync("password", Buffer.from("salt"), 64, options)),
    );
  }
  log("scrypt 0", show(crypto.scryptSync("a", "b", 0)));
  log(
    "async",
    await new Promise((resolve) =>
      crypto.pbkdf2("p", "s", 1, 16, "sha256", (error, key) => resolve(`${error} ${show(key)}`)),
    ),
  );
  log(
    "async",
    await new Promise((resolve) =>
      crypto.scrypt("p", "s", 16, (error, key) => resolve(`${error} ${show(key)}`)),
    ),
  );
  log(
    "async",
    await new Promise((resolve) =>
      crypto.hkdf("sha256", "p", "s", "i", 16, (error, key) => resolve(`${error} ${show(key)}`)),
    ),
  );
  const acts = [
    () => crypto.pbkdf2Sync("a", "b", 1, 10, "nope"),
    () => crypto.pbkdf2Sync("a", "b", 0, 10, "sha1"),
    () => crypto.pbkdf2("a", "b", 0, 10, "sha1"),
    () => crypto.pbkdf2("a", "b", 1, 10, () => {}),
    () => crypto.pbkdf2Sync(5, "b", 1, 10, "sha1"),
    () => crypto.pbkdf2Sync("a", "b", 1.5, 10, "sha1"),
    () => crypto.pbkdf2Sync("a", "b", 1, -1, "sha1"),
    () => crypto.scryptSync("a", "b", 10, { N: 3 }),
    () => crypto.scryptSync("a", "b", 10, { N: 2 ** 20, r: 8 }),
    () => crypto.scryptSync("a", "b", -1),
    () => crypto.scryptSync("a", "b", 10, { N: 16, cost: 16 }),
    () => crypto.scryptSync("a", "b", 10, { N: 2 ** 15 }),
    () => crypto.scryptSync("a"),
    () => crypto.hkdfSync("nope", "k", "s", "i", 10),
    () => crypto.hkdfSync("sha256", "k", "s", "i", 10000),
    () => crypto.hkdfSync("sha256", "k", "s", "i".repeat(1025), 10),
    () => crypto.hkdfSync("sha256", 5, "s", "i", 10),
    () => crypto.hkdfSync("sha256", "k", 5, "i", 10),
  ];
  acts.forEach((act, index) => log(`derivation error ${index}`, attempt(act)));
}

function random(log) {
  log(
    "lengths",
    show(crypto.randomBytes(33).length),
    show(crypto.randomFillSync(new Uint32Array(3)).length),
    show(crypto.randomUUID().length),
  );
  log(
    "uuid",
    String(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(crypto.randomUUID())),
  );
  log("differ", String(crypto.randomBytes(16).equals(crypto.randomBytes(16))));
  const filled = crypto.randomFillSync(Buffer.alloc(100), 50, 25);
  log(
    "range",
    String(filled.subarray(0, 50).every((byte) => byte === 0)),
    String(filled.subarray(75).every((byte) => byte === 0)),
  );
  const seen = new Set(Array.from({ length: 500 }, () => crypto.randomInt(3, 7)));
  log("ints", [...seen].sort().join());
  log(
    "equal",
    String(crypto.timingSafeEqual(Buffer.from("ab"), Buffer.from("ab"))),
    String(crypto.timingSafeEqual(Buffer.from("ab"), new Uint8Array([97, 99]))),
  );
  const acts = [
    () => crypto.timingSafeEqual(Buffer.from("a"), Buffer.from("ab")),
    () => crypto.timingSafeEqual("a", Buffer.from("ab")),
    () => crypto.randomBytes(-1),
    () => crypto.randomBytes("a"),
    () => crypto.randomBytes(2 ** 32),
    () => crypto.randomBytes(),
    () => crypto.randomInt(10, 5),
    () => crypto.randomInt(2 ** 49),
    () => crypto.randomInt("a"),
    () => crypto.randomInt(0, 2 ** 48),
    () => crypto.randomUUID({ disableEntropyCache: 5 }),
    () => crypto.randomUUID(5),
    () => crypto.randomFillSync("a"),
    () => crypto.randomFillSync(Buffer.alloc(5), 6),
    () => crypto.randomFillSync(Buffer.alloc(5), 2, 9),
    () => crypto.randomFill(Buffer.alloc(5)),
    () => crypto.randomBytes(5, 5),
    () => crypto.getRandomValues(new Float32Array(2)),
    () => crypto.getRandomValues(new Uint8Array(70000)),
    () => crypto.webcrypto.getRandomValues(5),
  ];
  acts.forEach((act, index) => log(`random error ${index}`, attempt(act)));
}

const CIPHERS = [
  ["aes-128-cbc", 16, 16],
  ["aes-192-cbc", 24, 16],
  ["aes-256-cbc", 32, 16],
  ["aes-128-ctr", 16, 16],
  ["aes-192-ctr", 24, 16],
  ["aes-256-ctr", 32, 16],
  ["aes-128-ecb", 16, 0],
  ["aes-256-ecb", 32, 0],
  ["aes-128-gcm", 16, 12],
  ["aes-192-gcm", 24, 12],
  ["aes-256-gcm", 32, 12],
  ["aes-256-gcm", 32, 16],
  ["aes-256-gcm", 32, 8],
  ["chacha20-poly1305", 32, 12],
  ["aes-128-cfb", 16, 16],
  ["aes-128-cfb8", 16, 16],
  ["aes-256-ofb", 32, 16],
  ["des-ede3-cbc", 24, 8],
  ["chacha20", 32, 16],
  ["AES-256-CBC", 32, 16],
  ["aes256", 32, 16],
  ["id-aes256-GCM", 32, 12],
];

function ciphers(log) {
  const random = generator(3);
  for (const [name, keyLength, ivLength] of CIPHERS) {
    const key = random.bytes(keyLength);
    const iv = ivLength === 0 ? null : random.bytes(ivLength);
    const isAead = /gcm|poly/i.test(name);
    for (const length of [0, 1, 15, 16, 17, 31, 33, 100, 700]) {
      const text = random.bytes(length);
      const cipher = crypto.createCipheriv(name, key, iv);
      if (isAead) cipher.setAAD(Buffer.from("additional data, longer than a block"));
      const cut = random.below(length + 1);
      const packed = Buffer.concat([
        cipher.update(text.subarray(0, cut)),
        cipher.update(text.subarray(cut)),
        cipher.final(),
      ]);
      const tag = isAead ? cipher.getAuthTag() : Buffer.alloc(0);
      log(`${name} ${length}`, show(packed), show(tag));
      const decipher = crypto.createDecipheriv(name, key, iv);
      if (isAead) decipher.setAAD(Buffer.from("additional data, longer than a block")).setAuthTag(tag);
      const back = Buffer.concat([
        decipher.update(packed.subarray(0, cut)),
        decipher.update(packed.subarray(cut)),
        decipher.final(),
      ]);
      log(`${name} back`, String(back.equals(text)));
    }
  }
  for (const authTagLength of [4, 8, 12, 16]) {
    const cipher = crypto.createCipheriv("aes-128-ccm", Buffer.alloc(16, 1), Buffer.alloc(12, 2), {
      authTagLength,
    });
    cipher.setAAD(Buffer.from("aad"), { plaintextLength: 5 });
    const packed = Buffer.concat([cipher.update("hello"), cipher.final()]);
    log("ccm", show(packed), show(cipher.getAuthTag()));
    const decipher = crypto.createDecipheriv("aes-128-ccm", Buffer.alloc(16, 1), Buffer.alloc(12, 2), {
      authTagLength,
    });
    decipher.setAuthTag(cipher.getAuthTag());
    decipher.setAAD(Buffer.from("aad"), { plaintextLength: 5 });
    log("ccm back", decipher.update(packed).toString());
  }
  const wrap = crypto.createCipheriv("id-aes128-wrap", Buffer.alloc(16, 7), Buffer.alloc(8, 0xa6));
  log("wrap", show(wrap.update(Buffer.alloc(24, 9))));
  const text = crypto.createCipheriv("aes-128-cbc", Buffer.alloc(16), Buffer.alloc(16));
  log("text", text.update("some text to encrypt", "utf8", "base64") + text.final("base64"));
  const back = crypto.createDecipheriv("aes-128-cbc", Buffer.alloc(16), Buffer.alloc(16));
  const euro = crypto.createCipheriv("aes-128-cbc", Buffer.alloc(16), Buffer.alloc(16));
  const euros = euro.update("€€€€€€€€€€", "utf8", "hex") + euro.final("hex");
  log("utf8 across blocks", back.update(euros, "hex", "utf8") + back.final("utf8"));
  for (const length of [12, 13]) {
    const tag = crypto.createCipheriv("aes-256-gcm", Buffer.alloc(32), Buffer.alloc(12), {
      authTagLength: length,
    });
    tag.final();
    log("tag length", show(tag.getAuthTag()));
  }
  for (const name of [
    "aes-128-cbc",
    "aes-256-gcm",
    "chacha20-poly1305",
    "aes-128-ccm",
    "id-aes256-GCM",
    "aes128",
    "des3",
    "aes-256-ctr",
    "aes-128-ecb",
    "nope",
  ])
    log("info", show(crypto.getCipherInfo(name)));
  log(
    "info",
    show(crypto.getCipherInfo("aes-128-cbc", { keyLength: 5 })),
    show(crypto.getCipherInfo("aes-256-gcm", { ivLength: 16 })),
    show(crypto.getCipherInfo(901)),
    attempt(() => crypto.getCipherInfo(null)),
  );
}

function cipherErrors(log) {
  const cbc = () => crypto.createDecipheriv("aes-128-cbc", Buffer.alloc(16), Buffer.alloc(16));
  const gcm = (options) =>
    crypto.createDecipheriv("aes-128-gcm", Buffer.alloc(16), Buffer.alloc(12), options);
  const enc = () => crypto.createCipheriv("aes-128-cbc", Buffer.alloc(16), Buffer.alloc(16));
  const acts = [
    () => crypto.createCipheriv("nope", "k", "i"),
    () => crypto.createCipheriv("aes-128-cbc", Buffer.alloc(16), "i"),
    () => crypto.createCipheriv("aes-128-cbc", Buffer.alloc(16)),
    () => crypto.createCipheriv("aes-128-cbc", Buffer.alloc(16), null),
    () => crypto.createCipheriv("aes-128-gcm", Buffer.alloc(16), ""),
    () => crypto.createCipheriv("aes-128-gcm", Buffer.alloc(16), Buffer.alloc(12), { authTagLength: 3 }),
    () => crypto.createCipheriv("aes-128-ccm", Buffer.alloc(16), Buffer.alloc(12)),
    () => crypto.createCipheriv(5),
    () => crypto.createCipheriv("aes-128-cbc", 5, Buffer.alloc(16)),
    () => {
      const d = cbc();
      d.update(Buffer.alloc(15));
      return d.final();
    },
    () => {
      const d = cbc();
      return d.final();
    },
    () => {
      const d = gcm();
      d.update(Buffer.alloc(15));
      return d.final();
    },
    () => {
      const d = gcm();
      d.setAuthTag(Buffer.alloc(16));
      d.update(Buffer.alloc(15));
      return d.final();
    },
    () => gcm().setAuthTag(Buffer.alloc(17)),
    () => gcm().setAuthTag(Buffer.alloc(16)).setAuthTag(Buffer.alloc(16)),
    () => gcm({ authTagLength: 12 }).setAuthTag(Buffer.alloc(16)),
    () => {
      const d = enc();
      d.final();
      d.final();
    },
    () => {
      const d = enc();
      d.final();
      d.update("a");
    },
    () => crypto.createCipheriv("aes-128-gcm", Buffer.alloc(16), Buffer.alloc(16)).getAuthTag(),
    () => enc().getAuthTag(),
    () => {
      const d = enc();
      d.final();
      d.setAutoPadding();
    },
    () => enc().setAAD(Buffer.alloc(3)),
    () => {
      const d = crypto.createCipheriv("aes-128-gcm", Buffer.alloc(16), Buffer.alloc(16));
      d.final();
      d.setAAD(Buffer.alloc(3));
    },
    () => crypto.createCipheriv("chacha20-poly1305", Buffer.alloc(32), Buffer.alloc(13)),
    () => enc().update(5),
    () => enc().update(),
    () => crypto.createCipheriv("aes-128-cbc", "k", Buffer.alloc(16)),
  ];
  acts.forEach((act, index) => log(`cipher error ${index}`, attempt(act)));
}

/** Calls `log(name, ...results)` for every case. */
export async function run(log) {
  // First: what OpenSSL's queue of errors still holds colours what Node says next.
  cipherErrors(log);
  hashes(log);
  await hashStreams(log);
  await derivation(log);
  random(log);
  ciphers(log);
  log("constants", show(crypto.constants));
}
