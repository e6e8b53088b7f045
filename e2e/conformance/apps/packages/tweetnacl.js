import nacl from "tweetnacl";

const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
const nonce = Uint8Array.from({ length: 24 }, (_, i) => 255 - i);
const text = new TextEncoder().encode("hello wörld");

export const cases = {
  signs: () => {
    const keys = nacl.sign.keyPair.fromSeed(seed);
    const signed = nacl.sign(text, keys.secretKey);
    return [signed, nacl.sign.open(signed, keys.publicKey)];
  },
  "signs detached": () => {
    const keys = nacl.sign.keyPair.fromSeed(seed);
    const signature = nacl.sign.detached(text, keys.secretKey);
    return [
      signature,
      nacl.sign.detached.verify(text, signature, keys.publicKey),
      nacl.sign.detached.verify(text.slice(1), signature, keys.publicKey),
    ];
  },
  boxes: () => {
    const a = nacl.box.keyPair.fromSecretKey(seed);
    const b = nacl.box.keyPair.fromSecretKey(nonce.length ? Uint8Array.from(seed, (x) => x + 7) : seed);
    const boxed = nacl.box(text, nonce, b.publicKey, a.secretKey);
    return [boxed, nacl.box.open(boxed, nonce, a.publicKey, b.secretKey)];
  },
  "secret boxes": () => {
    const boxed = nacl.secretbox(text, nonce, seed);
    return [
      boxed,
      nacl.secretbox.open(boxed, nonce, seed),
      nacl.secretbox.open(
        boxed,
        nonce,
        Uint8Array.from(seed, () => 9),
      ),
    ];
  },
  hashes: () => nacl.hash(text),
  "scalar multiplication": () => nacl.scalarMult.base(seed),
  random: () => [nacl.randomBytes(16).length, nacl.box.keyPair().publicKey.length],
  "verifies in constant time": () => [nacl.verify(seed, seed), nacl.verify(seed, nonce)],
  refuses: () => nacl.secretbox(text, nonce, text),
  lengths: () => [nacl.box.publicKeyLength, nacl.sign.signatureLength, nacl.hash.hashLength],
};
