/** What is known of a cipher; lengths in bytes. */
export interface CipherKind {
  /** Node's name. */
  readonly name: string;
  readonly nid: number;
  readonly algorithm: string;
  readonly mode: string;
  readonly keyLength: number;
  readonly ivLength: number;
  readonly blockSize: number;
}

const AES_NIDS: Record<string, readonly [number, number, number]> = {
  ecb: [418, 422, 426],
  cbc: [419, 423, 427],
  ofb: [420, 424, 428],
  cfb: [421, 425, 429],
  cfb8: [653, 654, 655],
  ctr: [904, 905, 906],
  gcm: [895, 898, 901],
  ccm: [896, 899, 902],
  wrap: [788, 789, 790],
};

const DES_NIDS: Record<string, number> = { ecb: 33, cbc: 44, ofb: 63, cfb: 30, cfb8: 659 };

const ciphers = new Map<string, CipherKind>();
/** Names as `getCiphers()` lists them. */
const listed: string[] = [];

function add(kind: CipherKind, ...names: string[]): void {
  for (const name of [kind.name, ...names]) ciphers.set(name.toLowerCase(), kind);
}

function fill(): void {
  for (const [mode, nids] of Object.entries(AES_NIDS)) {
    for (const [index, nid] of nids.entries()) addAes(128 + 64 * index, mode, nid);
  }
  for (const [mode, nid] of Object.entries(DES_NIDS)) {
    const name = mode === "ecb" ? "des-ede3" : `des-ede3-${mode}`;
    const blockSize = mode === "ecb" || mode === "cbc" ? 8 : 1;
    const ivLength = mode === "ecb" ? 0 : 8;
    add(
      {
        name: mode === "ecb" ? "des-ede3" : name,
        nid,
        algorithm: "des-ede3",
        mode,
        keyLength: 24,
        ivLength,
        blockSize,
      },
      ...(mode === "cbc" ? ["des3"] : mode === "ecb" ? ["des-ede3-ecb"] : []),
    );
    listed.push(name, ...(mode === "cbc" ? ["des3"] : mode === "ecb" ? ["des-ede3-ecb"] : []));
  }
  const chacha = { keyLength: 32, blockSize: 1, mode: "stream" };
  add({ ...chacha, name: "chacha20", nid: 1019, algorithm: "chacha20", ivLength: 16 });
  add({ ...chacha, name: "chacha20-poly1305", nid: 1018, algorithm: "chacha20-poly1305", ivLength: 12 });
  listed.push("chacha20", "chacha20-poly1305");
}

function addAes(bits: number, mode: string, nid: number): void {
  const plain = `aes-${bits}-${mode}`;
  const isListedById = mode === "gcm" || mode === "ccm" || mode === "wrap";
  const kind: CipherKind = {
    name: isListedById ? `id-aes${bits}-${mode}` : plain,
    nid,
    algorithm: "aes",
    mode,
    keyLength: bits / 8,
    ivLength: { ecb: 0, gcm: 12, ccm: 12, wrap: 8 }[mode] ?? 16,
    blockSize: { ecb: 16, cbc: 16, wrap: 8 }[mode] ?? 1,
  };
  add(kind, mode === "wrap" ? `aes${bits}-wrap` : plain, ...(mode === "cbc" ? [`aes${bits}`] : []));
  listed.push(mode === "wrap" ? `aes${bits}-wrap` : plain);
  if (mode === "cbc") listed.push(`aes${bits}`);
  if (isListedById) listed.push(`id-aes${bits}-${mode === "wrap" ? mode : mode.toUpperCase()}`);
}

/** The cipher of a name, in any case. */
export function findCipher(name: string): CipherKind | undefined {
  if (ciphers.size === 0) fill();
  return ciphers.get(name.toLowerCase());
}

export function cipherByNid(nid: number): CipherKind | undefined {
  if (ciphers.size === 0) fill();
  return [...ciphers.values()].find((kind) => kind.nid === nid);
}

export function cipherNames(): string[] {
  if (ciphers.size === 0) fill();
  return [...listed].sort();
}

/** Whether it authenticates what it encrypts. */
export function isAead({ mode, algorithm }: CipherKind): boolean {
  return mode === "gcm" || mode === "ccm" || algorithm === "chacha20-poly1305";
}
