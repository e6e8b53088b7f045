// What is said of text that is not JSON: of texts with one mistake each, and of ones that are cut or changed at random.
import { attempt, generator } from "./attempt.mjs";

const MISTAKES = [
  ...[
    "",
    " ",
    "\n",
    "x",
    "undefined",
    "NaN",
    "Infinity",
    "[object Object]",
    "nul",
    "tru",
    "truex",
    "fals",
    "-",
    "+1",
  ],
  ...[
    "{",
    "{broken",
    "{1",
    '{"a"',
    '{"a" 1',
    '{"a":',
    '{"a":1',
    '{"a":1,',
    '{"a":1,}',
    '{"a":1 "b"',
    "{'a':1}",
    "{,}",
  ],
  ...[
    "[",
    "[1",
    "[1,",
    "[1,]",
    "[1 2",
    "[,]",
    "[}",
    "]",
    "}",
    ":",
    ",",
    "1 2",
    "{} {}",
    '"a" "b"',
    "[]]",
    "null null",
  ],
  ...[
    '"',
    '"a',
    '"a\nb"',
    '"a\tb"',
    '"\\',
    '"\\x"',
    '"\\u"',
    '"\\u12"',
    '"\\u12G4"',
    '"\\u00',
    '"é\u0001"',
    "'a'",
    "`a`",
  ],
  ...["01", "-01", "1.", "1.x", ".5", "1e", "1e+", "1ex", "-x", "--1", "0x10", "1_000", "1n", "00", "1.2.3"],
  ...[
    "[1,\n2",
    "[1,\r2",
    "[1,\r\n2",
    "[\n\n\n1 2",
    "\r\r\n\n[1 2",
    "[1,\u20282 3",
    "{\n  a: 1\n}",
    '{\n"a":1\n"b":2}',
  ],
  ...["\ufeff1", "/* c */ 1", "1 // c", "[1,/**/2]", "<html></html>", "\ud83d", "😀", '{"😀":1', "\u00a01"],
];

export function run(log) {
  const parsed = (text) => attempt(() => JSON.parse(text));
  for (const text of MISTAKES) log(JSON.stringify(text), parsed(text));
  const long = JSON.stringify(
    { list: Array.from({ length: 20 }, (_, index) => ({ index, text: "é\n".repeat(index) })) },
    null,
    1,
  );
  for (const value of [long, ` ${long} `, long.replaceAll("\n", "\r\n")]) {
    const { below } = generator(value.length);
    for (let round = 0; round < 200; round++) {
      const at = below(value.length);
      const mutations = [
        value.slice(0, at),
        value.slice(0, at) + value.slice(at + 1),
        value.slice(0, at) + '"}]{[,:x1-\\\n é'[below(14)] + value.slice(at + 1),
        value.slice(0, at) + value.slice(at).repeat(2),
      ];
      const which = below(mutations.length);
      log(`long ${value.length}, ${which} at ${at}`, parsed(mutations[which]));
    }
  }
}
