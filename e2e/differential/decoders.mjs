import { TextDecoder as OfUtil } from "node:util";
import { attempt, generator } from "./attempt.mjs";

// Text decoders: every encoding of the Encoding Standard, whole, in pieces, with errors.

const LABELS = [
  ...[
    "utf-8",
    "UTF8",
    " utf-16le\n",
    "utf-16",
    "utf-16be",
    "ibm866",
    "cp866",
    "iso-8859-2",
    "latin2",
    "iso-8859-3",
  ],
  ...[
    "iso-8859-4",
    "iso-8859-5",
    "cyrillic",
    "iso-8859-6",
    "iso-8859-7",
    "greek",
    "iso-8859-8",
    "iso-8859-8-i",
  ],
  ...[
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-15",
    "koi8-r",
    "koi8-u",
    "macintosh",
    "windows-874",
  ],
  ...[
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
  ],
  ...[
    "windows-1258",
    "x-mac-cyrillic",
    "gbk",
    "gb2312",
    "gb18030",
    "big5",
    "euc-jp",
    "iso-2022-jp",
    "shift_jis",
  ],
  ...[
    "sjis",
    "ms_kanji",
    "euc-kr",
    "ks_c_5601-1987",
    "windows-1252",
    "latin1",
    "iso-8859-1",
    "ascii",
    "us-ascii",
  ],
];
const REFUSED = ["", "nothing", "utf-7", "utf-32", "replacement", "hz-gb-2312", "utf 8", null, 1, {}];
const single = new Uint8Array(256).map((_, index) => index);
const SAMPLES = {
  shift_jis: [0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0xb1, 0xdd],
  "euc-jp": [0xc6, 0xfc, 0xcb, 0xdc, 0x8e, 0xb1, 0x8f, 0xb0, 0xa1],
  "iso-2022-jp": [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x4b, 0x5c, 0x1b, 0x28, 0x42, 0x61],
  gbk: [0xc4, 0xe3, 0xba, 0xc3, 0x61],
  gb18030: [0xc4, 0xe3, 0x81, 0x30, 0x81, 0x30, 0x94, 0x39, 0xda, 0x33],
  big5: [0xa7, 0x41, 0xa6, 0x6e, 0x61],
  "euc-kr": [0xbe, 0xc8, 0xb3, 0xe7, 0x61],
  "windows-1251": [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2],
};

const text = (act) => attempt(() => [...act()].map((letter) => letter.codePointAt(0).toString(16)).join(" "));

export function run(log) {
  for (const label of LABELS) {
    log(
      `label ${label}`,
      attempt(() => new TextDecoder(label).encoding),
    );
  }
  for (const label of REFUSED)
    log(
      `no label ${String(label)}`,
      attempt(() => new TextDecoder(label).encoding),
    );
  log("same class", OfUtil === TextDecoder, new TextDecoder(undefined).encoding);
  for (const label of LABELS.filter((each) => /^(iso|koi|win|mac|ibm|x-)/.test(each) && !/2022/.test(each))) {
    log(
      `all bytes ${label}`,
      text(() => new TextDecoder(label).decode(single)),
    );
  }
  for (const [label, bytes] of Object.entries(SAMPLES)) {
    const all = Uint8Array.from(bytes);
    log(
      `sample ${label}`,
      text(() => new TextDecoder(label).decode(all)),
    );
    const decoder = new TextDecoder(label);
    log(
      `pieces ${label}`,
      text(() => {
        let out = "";
        for (const byte of all) out += decoder.decode(Uint8Array.of(byte), { stream: true });
        return out + decoder.decode();
      }),
    );
    log(
      `again ${label}`,
      text(() => decoder.decode(all)),
    );
    log(
      `cut ${label}`,
      text(() => new TextDecoder(label).decode(all.subarray(0, 1))),
    );
    for (const wrong of [[0xff], [0x81], [0x61, 0xff, 0x62]])
      log(
        `fatal ${label} ${wrong}`,
        attempt(() => new TextDecoder(label, { fatal: true }).decode(Uint8Array.from(wrong))),
      );
  }
  const random = generator(7);
  for (let round = 0; round < 30; round++) {
    const bytes = random.bytes(1 + random.below(24));
    for (const label of ["utf-8", "utf-16le", "utf-16be"]) {
      log(
        `random ${round} ${label}`,
        text(() => new TextDecoder(label).decode(bytes)),
        attempt(() => new TextDecoder(label, { fatal: true }).decode(bytes).length),
      );
    }
  }
  for (const [label, mark] of Object.entries({
    "utf-8": [0xef, 0xbb, 0xbf],
    "utf-16le": [0xff, 0xfe],
    "utf-16be": [0xfe, 0xff],
  })) {
    const bytes = Uint8Array.from([...mark, ...mark, 0x61, 0x00]);
    for (const ignoreBOM of [true, false]) {
      const decoder = new TextDecoder(label, { ignoreBOM });
      log(
        `mark ${label} ${ignoreBOM}`,
        text(() => decoder.decode(bytes)),
        decoder.ignoreBOM,
        decoder.fatal,
      );
      log(
        `mark in pieces ${label} ${ignoreBOM}`,
        text(() => {
          let out = "";
          for (const byte of bytes) out += decoder.decode(Uint8Array.of(byte), { stream: true });
          return out + decoder.decode();
        }),
      );
    }
  }
  for (const input of [
    undefined,
    new ArrayBuffer(2),
    new DataView(new ArrayBuffer(3), 1),
    new SharedArrayBuffer(1),
    new Float64Array(1),
  ])
    log(
      `input ${Object.prototype.toString.call(input)}`,
      text(() => new TextDecoder().decode(input)),
    );
  for (const wrong of [null, 1, "x", {}, []])
    log(
      `wrong ${JSON.stringify(wrong)}`,
      attempt(() => new TextDecoder().decode(wrong)),
    );
  for (const wrong of [1, "x", null, undefined])
    log(
      `options ${String(wrong)}`,
      attempt(() => new TextDecoder("utf-8", wrong).fatal),
    );
}
