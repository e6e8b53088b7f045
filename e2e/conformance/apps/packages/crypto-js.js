import CryptoJS from "crypto-js";

const key = CryptoJS.enc.Hex.parse("000102030405060708090a0b0c0d0e0f");
const iv = CryptoJS.enc.Hex.parse("101112131415161718191a1b1c1d1e1f");

export const cases = {
  hashes: () =>
    ["MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "SHA3", "RIPEMD160"].map((name) => [
      name,
      String(CryptoJS[name]("message ä")),
    ]),
  HMACs: () =>
    ["HmacMD5", "HmacSHA1", "HmacSHA256", "HmacSHA512"].map((name) => [
      name,
      CryptoJS[name]("message", "secret").toString(CryptoJS.enc.Base64),
    ]),
  "AES in its modes": () =>
    ["CBC", "CFB", "CTR", "OFB", "ECB"].map((mode) => [
      mode,
      CryptoJS.AES.encrypt("attack at dawn", key, { iv, mode: CryptoJS.mode[mode] }).ciphertext.toString(),
    ]),
  "AES paddings": () =>
    ["Pkcs7", "AnsiX923", "ZeroPadding"].map((pad) => [
      pad,
      CryptoJS.AES.encrypt("attack at dawn", key, { iv, padding: CryptoJS.pad[pad] }).toString().length,
    ]),
  decrypts: () =>
    CryptoJS.AES.decrypt({ ciphertext: CryptoJS.AES.encrypt("grüße", key, { iv }).ciphertext }, key, {
      iv,
    }).toString(CryptoJS.enc.Utf8),
  passphrases: () =>
    CryptoJS.AES.decrypt(CryptoJS.AES.encrypt("hello", "pass"), "pass").toString(CryptoJS.enc.Utf8),
  "reads OpenSSL's format": () => {
    const made = CryptoJS.AES.encrypt("hi", "pass", { salt: CryptoJS.enc.Hex.parse("0102030405060708") });
    return String(made);
  },
  "other ciphers": () => [
    CryptoJS.TripleDES.encrypt("x", key, { iv }).ciphertext.toString(),
    CryptoJS.RC4.encrypt("x", key).ciphertext.toString(),
    CryptoJS.Rabbit.encrypt("x", key, { iv }).ciphertext.toString(),
  ],
  PBKDF2: () =>
    String(
      CryptoJS.PBKDF2("password", CryptoJS.enc.Hex.parse("0102030405060708"), { keySize: 8, iterations: 10 }),
    ),
  encodings: () => [
    CryptoJS.enc.Base64.stringify(CryptoJS.enc.Utf8.parse("grüße")),
    CryptoJS.enc.Latin1.stringify(CryptoJS.enc.Base64.parse("aGk=")),
    CryptoJS.enc.Base64url.stringify(CryptoJS.enc.Hex.parse("fbff")),
  ],
  "in parts": () => {
    const hash = CryptoJS.algo.SHA256.create();
    hash.update("a");
    hash.update("b");
    return String(hash.finalize("c")) === String(CryptoJS.SHA256("abc"));
  },
  "random words": () => CryptoJS.lib.WordArray.random(16).sigBytes,
};
